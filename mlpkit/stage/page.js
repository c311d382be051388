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

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~';   // base 85
const VALUES = new Uint8Array(128).fill(84);
[...DIGITS].forEach((digit, value) => { VALUES[digit.charCodeAt(0)] = value; });

/** Bytes from five digits for every four; the last four may be fewer. */
const bytesOf = text => {
  const words = new DataView(new ArrayBuffer(4 * Math.ceil(text.length / 5)));
  for (let i = 0, at = 0; i < text.length; at += 4) {
    let word = 0;
    for (const end = i + 5; i < end; i++) word = 85 * word + (i < text.length ? VALUES[text.charCodeAt(i)] : 84);
    words.setUint32(at, word);
  }
  return new Uint8Array(words.buffer, 0, Math.floor(text.length * 4 / 5));
};
const viewOf = bytes => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const inflate = async bytes => new Uint8Array(
  await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer());

const json = bytes => JSON.parse(new TextDecoder().decode(bytes));

/** The PNGs of both themes, of which start and end are the same, and a palette for each theme. */
const picturesOf = layers => Object.fromEntries(['light', 'dark'].map(theme => [theme, Object.fromEntries(
  Object.entries(layers).map(([layer, parts]) => {
    const {[theme]: own, start = '', end = ''} = parts;
    return [layer, concatenated([start, own, end].map(bytesOf))];
  }))]));

const concatenated = parts => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
  return viewOf(whole);
};

/** The tables: a line of JSON, and the bytes of each of them. They are decoded one by one, so that the page answers meanwhile. */
const addTables = async (controller, packed) => {
  const bytes = await inflate(bytesOf(packed)), end = bytes.indexOf(10), decoder = new Decoder();
  let begin = end + 1;
  for (const part of json(bytes.subarray(0, end))) {
    const data = viewOf(bytes.subarray(begin, begin += part.bytes));
    controller.addTables([{...part, data}], decoder);
    await new Promise(done => setTimeout(done));
  }
  controller.tablesAdded();
};

const open = async (el, {pictures, start, tables}) => {
  const page = {...json(await inflate(bytesOf(start))), pictures: picturesOf(pictures)};
  page.first.data = viewOf(bytesOf(page.first.data));
  page.inputs.forEach((input, k) => { if (input.kind === 'fixed') input.value = page.first.at[k]; });
  const controls = page.controls.map((control, k) => plainControl(control, page.inputs[k]));
  const bar = element('div', '', {class: 'controls'});
  bar.append(...controls.map(c => c.row));
  el.append(bar);
  const controller = new Controller(), model = new PlainModel(page);
  controller.start(model, controls.map(c => c.model));
  controller.waitForTables();
  const view = new View(controller, model, el);
  view.schedule();
  await view.drawnOnce;
  await addTables(controller, tables);
};

for (const el of document.querySelectorAll('.mlpkit-stage')) open(el, JSON.parse(el.querySelector('script').textContent));
