
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, i) => row.cells[i].textContent;
  heads.forEach((head, i) => head.addEventListener("click", () => {
    const order = head.dataset.order === "1" ? -1 : 1;
    heads.forEach(other => delete other.dataset.order);
    head.dataset.order = order;
    const compare = (a, b) => {
      const x = key(a, i), y = key(b, i);
      if (x === "" || y === "") return (x === "") - (y === "");
      const p = parseFloat(x), q = parseFloat(y);
      return order * (isNaN(p) || isNaN(q) ? x.localeCompare(y) : p - q);
    };
    body.append(...[...body.rows].sort(compare));
  }));
}
