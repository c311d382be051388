// A stage on a page of its own, without Python: plain inputs in place of ipywidgets.

/** What a Controller needs of a model: values by name, and events of changes. */
class PlainModel {
  constructor(values) { this.values = values; this.listeners = []; }
  get(name) { return this.values[name]; }
  set(name, value) { this.values[name] = value; }
  on(event, listener) { if (event.startsWith('change:')) this.listeners.push(listener); }
  save_changes() { for (const listener of this.listeners) listener(); }
}

/** A control of the page: a label, an input, and the model behind it. */
const plainControl = ({name, label, values, at}, input) => {
  const row = element('label', ''), caption = element('span', '');
  caption.textContent = label || name;
  row.append(caption);
  if (input.kind === 'fixed') {
    const shown = element('output', '');
    shown.textContent = `${input.text} (needs Python)`;
    row.append(shown);
    return {row, model: new PlainModel({value: input.value})};
  }
  const model = new PlainModel({value: at[input.at], index: input.at});
  const shown = element('output', '');
  let field;
  if (input.kind === 'menu') {
    field = element('select', '');
    field.append(...values.map((text, index) => new Option(text, index)));
    field.value = input.at;
  } else if (input.kind === 'switch') {
    field = element('input', '', {type: 'checkbox'});
    field.checked = input.at === 1;
  } else {
    field = element('input', '', {type: 'range', min: 0, max: values.length - 1, step: 1});
    field.value = input.at;
  }
  const show = () => {
    const index = input.kind === 'menu' ? model.get('index') : nearest(at, Number(model.get('value')));
    if (input.kind === 'range') {
      field.value = index;
      shown.textContent = values[index];
      field.setAttribute('aria-valuetext', values[index]);
    }
  };
  model.on('change:value', show);
  field.addEventListener('input', () => {
    const index = input.kind === 'switch' ? Number(field.checked) : Number(field.value);
    model.set('index', index);
    model.set('value', at[index]);
    model.save_changes();
  });
  show();
  row.append(field, ...input.kind === 'range' ? [shown] : []);
  return {row, model};
};

const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const viewOf = bytes => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const inflate = async bytes => new Uint8Array(
  await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer());

const open = async (el, page) => {
  const bytes = await inflate(bytesOf(page.data));
  let begin = 0;
  page.tables = page.tables.map(part => {
    const data = bytes.slice(begin, begin + part.bytes);
    begin += part.bytes;
    return {...part, data: viewOf(data)};
  });
  page.first.data = viewOf(bytesOf(page.first.data));
  for (const pair of Object.values(page.pictures)) for (const key of Object.keys(pair)) pair[key] = viewOf(bytesOf(pair[key]));
  page.inputs.forEach((input, k) => { if (input.kind === 'fixed') input.value = page.first.at[k]; });
  const controls = page.controls.map((control, k) => plainControl(control, page.inputs[k]));
  const bar = element('div', '', {class: 'controls'});
  bar.append(...controls.map(c => c.row));
  el.append(bar);
  const controller = new Controller(), model = new PlainModel(page);
  controller.start(model, controls.map(c => c.model));
  new View(controller, model, el).schedule();
};

for (const el of document.querySelectorAll('.mlpkit-stage')) open(el, JSON.parse(el.querySelector('script').textContent));
