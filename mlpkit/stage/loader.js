// The code of the stages is compressed: inflate and run it, or show the pictures that the page has for where it cannot.
if (window.DecompressionStream) {
  const bytes = Uint8Array.from(atob('MODULE'), c => c.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  new Response(inflated).text().then(code => {
    document.head.append(Object.assign(document.createElement('script'), {type: 'module', textContent: code}));
  });
} else {
  for (const el of document.querySelectorAll('.mlpkit-stage')) {
    el.innerHTML = el.querySelector('noscript').textContent;
    el.querySelector('p').textContent = 'This figure does not move, because this browser cannot decompress its data '
      + '(DecompressionStream): Chrome and Edge can from version 80, Safari from 16.4, Firefox from 113.';
  }
}
