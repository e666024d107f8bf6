// Returns the page as it stands, as HTML, or null if that is longer than `limit` characters.
// The text of web components stands in shadow trees, which HTML leaves out: each is put into its
// element, with what the page gave that element in its slots.
(limit) => {
  const hosts = [];
  const roots = [document];
  while (roots.length > 0) {
    for (const element of roots.pop().querySelectorAll("*")) {
      if (element.shadowRoot) {
        hosts.push(element);
        roots.push(element.shadowRoot);
      }
    }
  }
  for (const host of hosts.reverse()) {
    try {
      const shadow = host.shadowRoot;
      for (const slot of shadow.querySelectorAll("slot")) {
        const given = slot.assignedNodes();
        if (given.length > 0) slot.replaceChildren(...given);
      }
      host.replaceChildren(...shadow.childNodes);
    } catch {
      // an element that resists stays as it is
    }
  }
  const html = document.documentElement.outerHTML;
  if (html.length > limit) return null;
  return (document.doctype ? "<!DOCTYPE html>\n" : "") + html;
}
