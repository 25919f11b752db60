// Puts one page in the place of the one before; measures its width and, where asked, has axe look at it. Gives
// what is wrong, one line each.
// Loading each page anew would read the style sheets and axe again and take twice as long.
async ([html, isThorough]) => {
  const sheets = (page) =>
    [...page.querySelectorAll("link[rel=stylesheet], style")].map((one) => one.outerHTML).join();
  const markup = (selector) => document.querySelector(selector).outerHTML.slice(0, 160);
  const next = new DOMParser().parseFromString(html, "text/html");
  if (sheets(next) !== sheets(document)) return ["asks for other style sheets than the page before"];
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
  document.title = next.title;
  document.body.replaceWith(next.body);
  window.scrollTo(0, 0);
  const wide = root.scrollWidth - window.innerWidth;
  const width = wide > 0 ? [`${wide} px too wide`] : [];
  if (!isThorough) return width;

  // What can never be more than moderate is not asked for, since nobody reads the answer.
  const light = axe._audit.rules.filter(({ impact }) => ["minor", "moderate"].includes(impact));
  const rules = Object.fromEntries(light.map(({ id }) => [id, { enabled: false }]));
  // Writing down the markup of every element that passes takes a tenth of the time.
  axe.configure({ noHtml: true });
  const { violations } = await axe.run({ resultTypes: ["violations"], rules });
  const found = violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${markup(target[0])}`));
  return [...found, ...width];
};
