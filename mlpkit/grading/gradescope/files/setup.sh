#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of this autograder.
# MLPKIT_AUTOGRADER and MLPKIT_ENVIRONMENT are for tries on another machine.
set -euo pipefail
source_folder="${MLPKIT_AUTOGRADER:-/autograder}/source"
environment="${MLPKIT_ENVIRONMENT:-/opt/mlpkit}"
export DEBIAN_FRONTEND=noninteractive

find_python() {
  for name in python3.13 python3.12 python3.11 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return 0
    fi
  done
  return 1
}

install_python() {
  for version in 3.12 3.11; do
    apt-get install -y -q "python$version" "python$version-venv" && return 0
  done
  apt-get install -y -q software-properties-common
  add-apt-repository -y ppa:deadsnakes/ppa
  apt-get update -q
  apt-get install -y -q python3.12 python3.12-venv
}

apt-get update -q || echo "apt-get update has failed; going on"
apt-get install -y -q bubblewrap || echo "bubblewrap cannot be installed; WebAssembly takes its place"
if ! python="$(find_python)"; then
  install_python
  python="$(find_python)" || { echo "mlpkit needs Python 3.11 or newer: choose a newer base image"; exit 1; }
fi
if ! "$python" -m venv "$environment" 2>/dev/null; then
  apt-get install -y -q "$python-venv"
  "$python" -m venv --clear "$environment"
fi
"$environment/bin/python" -m pip install --quiet -r "$source_folder/requirements.txt"
"$environment/bin/python" -m pip install --quiet -r "$source_folder/requirements-wasm.txt" \
  || echo "WebAssembly cannot be installed"
chmod -R go-rwx "$source_folder"
# Fails where no sandbox works: better now than with the first submission. WebAssembly is compiled here.
"$environment/bin/python" -I -B -c '
import sys
sys.path.insert(0, sys.argv[1])
from mlpkit.grading.gradescope.run import check_sandbox
sys.exit(check_sandbox())
' "$source_folder/package"
