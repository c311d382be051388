// The speaker's window: the notes of the slide that the audience sees, a clock, the minutes planned.
const channel = new BroadcastChannel('mlpkit-present');
const $ = id => document.getElementById(id);
let deck = null, at = null, began = null;

const shown = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** [minute at which the section of a slide begins, its minutes]. */
const section = number => {
  let begin = 0, length = 0;
  deck.slides.slice(0, number + 1).forEach(slide => { if (slide.minutes) { begin += length; length = slide.minutes; } });
  return [begin, length];
};

const show = () => {
  if (!deck || !at) return;
  const slide = deck.slides[at.slide], next = deck.slides[at.slide + 1], [begin, length] = section(at.slide);
  const more = at.steps - 1 - at.step;
  $('where').textContent = `${deck.title} · slide ${at.slide + 1} of ${deck.slides.length}${more ? ` · ${more} more to appear` : ''}`;
  $('heading').textContent = slide.heading;
  $('notes').innerHTML = slide.notes || '<p>No notes for this slide.</p>';
  $('planned').textContent = length ? `${begin}–${begin + length} min (${length})` : 'no minutes planned';
  $('next').textContent = more ? 'more of this slide' : next?.heading ?? 'the end';
};

const tick = () => {
  if (began === null) return;
  const seconds = (Date.now() - began) / 1000, [begin, length] = deck && at ? section(at.slide) : [0, 0];
  $('clock').textContent = shown(seconds);
  const late = seconds / 60 - begin - length;
  $('late').textContent = length && late > 0 ? `${Math.ceil(late)} min behind the plan` : '';
};

channel.onmessage = ({data}) => {
  if (data.kind === 'deck') deck = data.deck;
  if (data.kind === 'at') { at = data; if (at.slide > 0 && began === null) began = Date.now(); }
  show();
};
const go = by => channel.postMessage({kind: 'go', by});
$('forward').onclick = () => go(1);
$('back').onclick = () => go(-1);
$('zero').onclick = () => { began = Date.now(); tick(); };
document.addEventListener('keydown', event => {
  const by = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1}[event.key];
  if (by) { event.preventDefault(); go(by); }
});
setInterval(tick, 250);
channel.postMessage({kind: 'hello'});
