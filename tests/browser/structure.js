() => {
  const wrong = [];
  const all = (q) => [...document.querySelectorAll(q)];
  if (!document.documentElement.lang) wrong.push("no language");
  if (!document.title.trim()) wrong.push("no title");
  if (all("main").length !== 1) wrong.push("not one main");
  if (all("h1").length !== 1) wrong.push(`${all("h1").length} h1`);
  let last = 0;
  for (const heading of all("h1,h2,h3,h4")) {
    const level = +heading.tagName[1];
    if (last && level > last + 1) wrong.push(`h${last} then h${level}: ${heading.textContent}`);
    last = level;
  }
  const ids = all("[id]").map((e) => e.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) wrong.push(`twice #${id}`);
  for (const e of all("[aria-labelledby],[aria-describedby]"))
    for (const name of ["aria-labelledby", "aria-describedby"])
      for (const id of (e.getAttribute(name) || "").split(/\s+/).filter(Boolean))
        if (!document.getElementById(id)) wrong.push(`${name}=${id} leads nowhere`);
  for (const e of all("ul,ol"))
    for (const child of e.children)
      if (!["LI", "SCRIPT", "TEMPLATE"].includes(child.tagName)) wrong.push(`${child.tagName} in a list`);
  for (const e of all("button, a.tap, select, input:not([type=hidden]):not([type=radio]), .option")) {
    const box = e.getBoundingClientRect();
    if (box.width && box.height && (box.height < 43.5 || box.width < 43.5))
      wrong.push(`small: ${e.textContent.trim().slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  return wrong;
}
