// Runs in the page: every text that lies partly beyond the part that holds it, or beyond the page of a flow it is on.
(() => {
  const cut = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || !node.textContent?.trim() || element.closest('.unseen, svg, [hidden]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const page = element.closest('.flow')?.getBoundingClientRect();
    const [left, right] = [page?.left ?? 0, page?.right ?? innerWidth];
    for (const line of range.getClientRects()) {
      // What lies on another page of the flow is not seen and not cut.
      if (line.width === 0 || line.left >= right || line.right <= left) continue;
      const holder = element.closest('button, section, article, .meaning, .call, .coded');
      const box = holder?.getBoundingClientRect();
      const isBeyond =
        line.right > right + 1 || (box && (line.right > box.right + 1 || line.left < box.left - 1));
      if (isBeyond) cut.push(node.textContent.trim());
    }
  }
  return cut;
})();
