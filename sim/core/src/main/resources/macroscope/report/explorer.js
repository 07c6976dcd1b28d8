// Charts of a report that can be filtered: points of one network in one technology under two objectives,
// and all objectives side by side. Everything they show is in the element "data".
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const symbols = ["circle", "rect", "triangle", "diamond", "pin", "arrow", "roundRect"];
  const ink = "#222", grid = "#e3e3e3";
  const byName = new Map(data.objectives.map((objective, i) => [objective.name, { ...objective, i }]));
  const state = { model: "", technology: "", x: "", y: "", off: new Set(), text: "", brushed: null, axes: new Set() };
  const make = (tag, attributes, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  };
  const scatter = echarts.init(document.getElementById("scatter"));
  const parallel = echarts.init(document.getElementById("parallel"));

  const here = () => data.points.filter(p => p.model === state.model && p.technology === state.technology);
  const value = (point, name) => point.values[byName.get(name).i];
  const number = v => {
    if (v === 0) return "0";
    const size = Math.abs(v);
    return size < 1e-4 || size >= 1e7 ? v.toExponential(3).replace(/\.?0+e/, "e") : String(Number(v.toPrecision(4)));
  };
  const unit = objective => {
    const area = data.technologies.find(t => t.name === state.technology).area || "area unit";
    return objective.unit.replace("area_unit", area).replace("um2", "\u00b5m\u00b2").replace(/^u/, "\u00b5");
  };
  const label = objective => objective.title + (objective.unit === "1" ? "" : " [" + unit(objective) + "]");

  // How an objective is drawn: as on the charts of the report, logarithms where they exist.
  const scaleOf = (objective, values) => {
    if (objective.scale === "logarithmic_to_one" && values.every(v => v < 1)) {
      return { log: true, turned: true, to: v => Math.log10(1 - v), from: t => 1 - 10 ** t };
    }
    if ((objective.scale === "logarithmic" || objective.scale === "binary") && values.every(v => v > 0)) {
      return { log: true, turned: false, to: Math.log10, from: t => 10 ** t };
    }
    return { log: false, turned: false, to: v => v, from: t => t };
  };
  const wrapped = (text, width) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines.at(-1) !== "" && (lines.at(-1) + word).length * 5.6 > width) lines.push("");
      lines.push((lines.pop() + " " + word).trim());
    }
    return lines.slice(0, 4).join("\n");
  };
  const axis = (scale, values) => {
    const drawn = values.map(scale.to);
    let low = Math.min(...drawn), high = Math.max(...drawn);
    const margin = (high - low || Math.abs(high) || 1) * 0.05;
    const text = { formatter: t => number(Number(scale.from(t).toPrecision(scale.log ? 2 : 6))) };
    const common = { type: "value", axisLabel: { ...text, color: ink, fontSize: 12 }, axisLine: { onZero: false, lineStyle: { color: ink } } };
    if (!scale.log) return { ...common, min: low - margin, max: high + margin, axisLabel: { ...common.axisLabel, showMinLabel: false, showMaxLabel: false } };
    const step = high - low > 2.5 ? Math.ceil((high - low) / 7) : high - low > 0.6 ? Math.log10(2) : (high - low) / 4 || 0.1;
    low = Math.floor((low - margin / 4) / step) * step;
    high = Math.ceil((high + margin / 4) / step) * step;
    return { ...common, min: low, max: high, interval: step };
  };

  const passes = point =>
    !state.off.has(point.family) &&
    (state.text === "" || point.name.toLowerCase().includes(state.text)) &&
    (state.brushed === null || state.brushed.has(point.point));
  const filtered = () => state.off.size > 0 || state.text !== "" || state.brushed !== null;

  const front = points => {
    const sign = name => byName.get(name).less ? 1 : -1;
    const a = p => sign(state.x) * value(p, state.x), b = p => sign(state.y) * value(p, state.y);
    const sorted = [...points].sort((p, q) => a(p) - a(q) || b(p) - b(q));
    let best = Infinity;
    return sorted.filter(p => b(p) < best && ((best = b(p)), true));
  };

  const tip = (point, names) => {
    const box = make("div", {}, make("b", { textContent: point.name }),
      make("div", { textContent: "#" + point.point + " \u00b7 " + point.family }));
    for (const name of names) {
      const objective = byName.get(name);
      box.append(make("div", { textContent: objective.title + ": " + number(value(point, name)) + (objective.unit === "1" ? "" : " " + unit(objective)) }));
    }
    return box;
  };
  const tooltip = { trigger: "item", confine: true, borderColor: "#999", textStyle: { color: ink, fontSize: 13 }, extraCssText: "max-width: 320px; white-space: normal;" };

  const drawScatter = () => {
    const all = here().filter(p => value(p, state.x) !== null && value(p, state.y) !== null);
    const xs = all.map(p => value(p, state.x)), ys = all.map(p => value(p, state.y));
    if (all.length === 0) return scatter.clear();
    const x = scaleOf(byName.get(state.x), xs), y = scaleOf(byName.get(state.y), ys);
    const at = p => [x.to(value(p, state.x)), y.to(value(p, state.y))];
    const shown = all.filter(passes);
    scatter.setOption({
      animation: false,
      grid: { left: 16, right: 24, top: 40, bottom: 36, containLabel: true },
      tooltip: { ...tooltip, formatter: hit => hit.data.point ? tip(hit.data.point, [state.x, state.y]) : "" },
      xAxis: { ...axis(x, xs), name: label(byName.get(state.x)), nameLocation: "middle", nameGap: 32, inverse: x.turned, nameTextStyle: { color: ink, fontSize: 13 }, splitLine: { lineStyle: { color: grid } }, axisLabel: { ...axis(x, xs).axisLabel, hideOverlap: true } },
      yAxis: { ...axis(y, ys), name: label(byName.get(state.y)), nameLocation: y.turned ? "start" : "end", inverse: y.turned, nameTextStyle: { color: ink, fontSize: 13, align: "left", padding: [0, 0, 4, -48] }, splitLine: { lineStyle: { color: grid } } },
      series: [
        { type: "line", step: "end", data: front(shown).map(at), symbol: "none", lineStyle: { color: ink, width: 1.5 }, silent: true, z: 1 },
        ...data.families.map((family, i) => ({
          type: "scatter", name: family.name, color: family.colour, symbol: symbols[i % symbols.length], symbolSize: 10, z: 2,
          itemStyle: { borderColor: "#fff", borderWidth: 0.7 },
          data: shown.filter(p => p.family === family.name).map(p => ({ value: at(p), point: p })),
        })),
      ],
    }, { notMerge: true });
  };

  let inParallel = [];
  const drawParallel = () => {
    const names = [...state.axes].filter(name => new Set(here().map(p => value(p, name)).filter(v => v !== null)).size > 1);
    inParallel = here().filter(p => names.every(name => value(p, name) !== null) && !state.off.has(p.family) && (state.text === "" || p.name.toLowerCase().includes(state.text)));
    if (names.length < 2 || inParallel.length === 0) return parallel.clear();
    const scales = names.map(name => scaleOf(byName.get(name), inParallel.map(p => value(p, name))));
    parallel.setOption({
      animation: false,
      tooltip: { ...tooltip, formatter: hit => hit.data && hit.data.point ? tip(hit.data.point, names) : "" },
      parallel: { left: 84, right: 84, top: 76, bottom: 20, axisExpandable: false },
      parallelAxis: names.map((name, dim) => {
        const values = inParallel.map(p => value(p, name)), objective = byName.get(name);
        const drawn = axis(scales[dim], values), inverse = scales[dim].turned || objective.less;
        return { ...drawn, dim, inverse, nameLocation: inverse ? "start" : "end", nameGap: 12,
          name: wrapped(label(objective), Math.min(150, (parallel.getWidth() - 168) / (names.length - 1))),
          nameTextStyle: { color: ink, fontSize: 11, lineHeight: 13, verticalAlign: "bottom" },
          axisLabel: { ...drawn.axisLabel, textBorderColor: "#fff", textBorderWidth: 3 },
          areaSelectStyle: { width: 22, color: "rgba(0,114,178,0.25)", borderColor: "#0072b2" } };
      }),
      series: data.families.map(family => ({
        type: "parallel", name: family.name, lineStyle: { color: family.colour, width: 1.4, opacity: 0.55 },
        inactiveOpacity: 0.06, activeOpacity: 0.9, emphasis: { lineStyle: { width: 3, opacity: 1 } }, realtime: true,
        data: inParallel.filter(p => p.family === family.name).map(p => ({ value: names.map((name, dim) => scales[dim].to(value(p, name))), point: p })),
      })),
    }, { notMerge: true });
  };

  const drawTable = () => {
    const table = document.getElementById("point-table");
    const shown = new Set(here().filter(passes).map(p => p.point));
    let rows = 0;
    for (const row of table.tBodies[0].rows) {
      row.hidden = filtered() && !shown.has(Number(row.cells[0].textContent));
      rows += !row.hidden;
    }
    const counted = shown.size + " of " + here().length + " designs";
    document.getElementById("count").textContent = counted;
    document.getElementById("shown").textContent = filtered()
      ? rows + " rows: " + counted + " of " + state.model + " in " + state.technology + ", as filtered above."
      : "All " + rows + " points; the filters above apply here too.";
    document.getElementById("reset").disabled = !filtered();
  };
  const draw = () => { drawScatter(); drawTable(); };
  const redraw = () => { state.brushed = null; drawParallel(); draw(); };

  parallel.on("axisareaselected", () => {
    const series = parallel.getModel().getSeries();
    const any = parallel.getOption().parallelAxis.some((_, i) =>
      parallel.getModel().getComponent("parallelAxis", i).activeIntervals.length > 0);
    state.brushed = null;
    if (any) {
      state.brushed = new Set();
      series.forEach(one => one.getRawIndicesByActiveState("active").forEach(i => state.brushed.add(one.getData().getRawDataItem(i).point.point)));
    }
    draw();
  });

  const select = (id, text, names, titles, chosen, change) => {
    const box = make("select", { id });
    names.forEach((name, i) => box.append(make("option", { value: name, textContent: titles[i] })));
    box.value = chosen;
    box.addEventListener("change", () => change(box.value));
    return make("label", {}, text + " ", box);
  };
  const axesOf = () => {
    const own = data.fronts.filter(f => f.model === state.model && f.technology === state.technology);
    return new Set([...own.map(f => f.quality), ...own.map(f => f.cost), "bits_per_weight", "bits_per_activation"]
      .filter(name => byName.has(name)));
  };
  const known = () => data.objectives.filter(o => here().some(p => p.values[byName.get(o.name).i] !== null));
  const controls = document.getElementById("controls");

  // Another network or technology has other objectives, so that the controls are made anew.
  const enter = () => {
    const own = data.fronts.find(f => f.model === state.model && f.technology === state.technology);
    const objectives = known(), names = objectives.map(o => o.name), titles = objectives.map(o => o.title);
    const keep = (name, fallback) => names.includes(name) ? name : names.includes(fallback) ? fallback : names[0];
    state.y = keep(state.y, own && own.quality);
    state.x = keep(state.x, own && own.cost);
    state.axes = axesOf();
    const models = data.models.filter(m => data.points.some(p => p.model === m));
    const technologies = data.technologies.map(t => t.name).filter(t => data.points.some(p => p.model === state.model && p.technology === t));
    const selects = make("div", { className: "selects" });
    if (models.length > 1) selects.append(select("model", "Network", models, models, state.model, v => { state.model = v; start(); }));
    if (technologies.length > 1) selects.append(select("technology", "Technology", technologies, technologies, state.technology, v => { state.technology = v; enter(); }));
    selects.append(select("y", "Vertical", names, titles, state.y, v => { state.y = v; draw(); }));
    selects.append(select("x", "Horizontal", names, titles, state.x, v => { state.x = v; draw(); }));
    const chips = make("div", { className: "chips" });
    data.families.filter(f => here().some(p => p.family === f.name)).forEach(family => {
      const dot = make("span", { className: "dot" });
      dot.style.background = family.colour;
      const chip = make("button", { type: "button" }, dot, family.name);
      chip.dataset.family = family.name;
      const show = () => chip.setAttribute("aria-pressed", String(!state.off.has(family.name)));
      chip.addEventListener("click", () => { state.off.delete(family.name) || state.off.add(family.name); show(); redraw(); });
      show();
      chips.append(chip);
    });
    const search = make("input", { type: "search", id: "search", placeholder: "name contains\u2026", value: state.text });
    search.setAttribute("aria-label", "Show designs whose name contains");
    search.addEventListener("input", () => { state.text = search.value.trim().toLowerCase(); redraw(); });
    const reset = make("button", { type: "button", id: "reset", textContent: "Reset filters" });
    reset.addEventListener("click", () => { state.off.clear(); state.text = ""; enter(); });
    const line = make("div", { className: "chips" }, search, reset, make("output", { id: "count" }));
    const choices = make("div", { className: "chips" });
    objectives.forEach(objective => {
      const box = make("input", { type: "checkbox", checked: state.axes.has(objective.name) });
      box.addEventListener("change", () => { box.checked ? state.axes.add(objective.name) : state.axes.delete(objective.name); redraw(); });
      choices.append(make("label", {}, box, " " + objective.title));
    });
    controls.replaceChildren(selects, chips, line);
    document.getElementById("axes").replaceChildren(choices);
    redraw();
  };
  const start = () => {
    const own = data.fronts.find(f => f.model === state.model);
    const technologies = data.points.filter(p => p.model === state.model).map(p => p.technology);
    if (!technologies.includes(state.technology)) state.technology = own ? own.technology : technologies[0];
    enter();
  };
  state.model = data.fronts.length > 0 ? data.fronts[0].model : data.points[0].model;
  start();
  window.addEventListener("resize", () => { scatter.resize(); parallel.resize(); drawParallel(); draw(); });
})();
