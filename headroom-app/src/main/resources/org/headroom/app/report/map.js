// The first network drawn: its lines at their peaks over all days, or hour by hour on its hardest day.

const bands = 5;
const loadingColour = (loading) =>
  loading == null ? 'var(--faint)' : loading > 1 + 1e-9 ? 'var(--alarm)' : `var(--loading-${Math.min(bands - 1, Math.floor((loading / loadingTop) * bands))})`;
const loadingWidth = (loading) => 1.5 + 5 * Math.min(1, (loading ?? 0) / loadingTop);
const allLoadings = scenarios.flatMap((scenario) => scenario.modes.flatMap((mode) => [...mode.lineLoading, mode.substationLoading])).filter((value) => value != null);
const highestLoading = most(allLoadings);
const loadingTop = Math.min(1, Math.max(0.1, Math.ceil(highestLoading * 10 - 1e-9) / 10));

const hourDays = scenarios.map((scenario) => scenario.hardestDay);
const allVoltages = hourDays.flatMap((day) => (day ? day.modes.flatMap((mode) => [most(mode.voltage_pu.map(most)), least(mode.voltage_pu.map(least))]) : []));
const voltageBands = (() => {
  if (!allVoltages.length) return null;
  const low = Math.max(network.lowerVoltage_pu, Math.floor(least(allVoltages) * 100 + 1e-9) / 100);
  const high = Math.min(network.upperVoltage_pu, Math.ceil(most(allVoltages) * 100 - 1e-9) / 100);
  return { low, width: Math.max(0.005, (high - low) / bands) };
})();
const outsideVoltage = (voltage) => voltage < network.lowerVoltage_pu - 1e-6 || voltage > network.upperVoltage_pu + 1e-6;
const voltageColour = (voltage) =>
  outsideVoltage(voltage) ? 'var(--alarm)' : `var(--voltage-${Math.min(bands - 1, Math.max(0, Math.floor((voltage - voltageBands.low) / voltageBands.width)))})`;
const dotSize = (homes) => (network.nodes.length > 600 ? 3 : network.nodes.length > 250 ? 4.5 : 6) * Math.sqrt(homes);

let mapChart;
let zoomed = { factor: 1, x: 50, y: 50 };
const xs = network.nodes.map((node) => node.x);
const ys = network.nodes.map((node) => node.y);
const bounds = { left: least(xs), right: most(xs), bottom: least(ys), top: most(ys) };
const mapGrid = network.surveyed ? { left: 12, right: 12, top: 26, bottom: 34 } : { left: 50, right: 16, top: 62, bottom: 14 };

/** Axis ranges; on a surveyed map a metre is as long across as upwards. */
const mapRanges = () => {
  if (!network.surveyed) {
    const depth = scaleOf([bounds.bottom]);
    return { x: { min: bounds.left - 0.7, max: bounds.right + 0.7 }, y: { ...depth, max: 0 }, perPixel: null };
  }
  const width = Math.max(50, mapChart.getWidth() - mapGrid.left - mapGrid.right);
  const height = Math.max(50, mapChart.getHeight() - mapGrid.top - mapGrid.bottom);
  const perPixel = Math.max((bounds.right - bounds.left) / (width - 30), (bounds.top - bounds.bottom) / (height - 30), 1e-3);
  const x = (bounds.left + bounds.right) / 2;
  const y = (bounds.bottom + bounds.top) / 2;
  return {
    x: { min: x - (perPixel * width) / 2, max: x + (perPixel * width) / 2 },
    y: { min: y - (perPixel * height) / 2, max: y + (perPixel * height) / 2 },
    perPixel,
  };
};
const zoomRange = (centre) => {
  const half = 50 / zoomed.factor;
  const middle = Math.min(100 - half, Math.max(half, centre));
  return [middle - half, middle + half];
};

/** What is to be drawn: loadings, signed where they are of an hour, and voltages of an hour or null. */
const mapState = () => {
  const scenario = Number(byId('map-scenario').value);
  const mode = scenarios[scenario].modes[Number(byId('map-mode').value)];
  const day = byId('map-when').value === 'hour' ? hourDays[scenario] : null;
  const byStep = day?.modes.find((each) => each.mode === mode.mode);
  if (!day) {
    return { scenario, mode, day: null, lines: mode.lineLoading, substation: mode.substationLoading, voltages: null, when: 'highest of all days' };
  }
  const step = Number(byId('map-hour').value);
  const length = 24 / daySteps;
  const when = `${clock(step * length)} to ${clock((step + 1) * length)}`;
  if (!byStep) {
    return { scenario, mode, day, step, lines: network.lines.map(() => null), substation: null, voltages: null, when, none: true };
  }
  return {
    scenario,
    mode,
    day,
    step,
    lines: byStep.lineLoading.map((line) => line[step]),
    substation: byStep.substationLoading[step],
    voltages: byStep.voltage_pu.map((node) => node[step]),
    when,
  };
};
const size = (loading) => (loading == null ? null : Math.abs(loading));
const lineFacts = (l, state) => {
  const line = network.lines[l];
  return [
    `<b>Line ${escape(line.id)}</b>`,
    escape(line.type),
    `Length ${number(line.length_m, line.length_m < 10 ? 1 : 0)} m`,
    `Capacity ${number(line.capacity_kVA, 0)} kVA`,
    `Loading <b>${percent(size(state.lines[l]))}</b>${state.lines[l] < 0 ? ', towards the substation' : ''}`,
    line.level ? escape(names.levels[line.level - 1] ?? `Level ${line.level}`) : 'No level',
  ].join('<br>');
};
const nodeFacts = (n, state) => {
  const node = network.nodes[n];
  return `<b>Node ${escape(node.id)}</b><br>${number(node.homes, 0)} ${node.homes === 1 ? 'home' : 'homes'}` + (state.voltages ? `<br>Voltage <b>${number(state.voltages[n], 4)} pu</b>` : '');
};
/** The largest of 1, 2, 5, 10, … metres that is no longer than the length. */
const roundLength = (length) => {
  const unit = 10 ** Math.floor(Math.log10(length));
  return unit * [5, 2, 1].find((factor) => factor * unit <= length);
};
const scaleBar = (ranges) => {
  if (!ranges.perPixel) return [];
  const length = roundLength((140 * ranges.perPixel) / zoomed.factor);
  const bar = (length / ranges.perPixel) * zoomed.factor;
  return [
    { type: 'rect', left: mapGrid.left, bottom: 8, shape: { width: bar, height: 3 }, style: { fill: ink }, silent: true },
    { type: 'text', left: mapGrid.left, bottom: 14, style: { text: `${number(length, length < 1 ? 1 : 0)} m`, fill: ink, font: '12px ' + textStyle.fontFamily }, silent: true },
  ];
};
/** The drawing in a sentence, for those who do not see it. */
const mapReading = (state, order) => {
  if (state.none) return `${state.when}: ${modeName(state.mode.mode)} has no schedule on this day.`;
  const fullest = order[order.length - 1];
  const lowest = state.voltages ? state.voltages.indexOf(least(state.voltages)) : -1;
  return (
    `${state.day ? state.when : 'Highest of all days'}: substation ${percent(size(state.substation))}${state.substation < 0 ? ' (back to the grid)' : ''}` +
    (fullest === undefined ? '' : `, fullest line ${network.lines[fullest].id} ${percent(size(state.lines[fullest]))}`) +
    (lowest < 0 ? '' : `, lowest voltage ${number(state.voltages[lowest], 3)} pu at node ${network.nodes[lowest].id}`) +
    '.'
  );
};
const drawMap = () => {
  const state = mapState();
  const ranges = mapRanges();
  const order = network.lines.map((_, l) => l).sort((a, b) => (size(state.lines[a]) ?? -1) - (size(state.lines[b]) ?? -1));
  const point = (node) => [node.x, node.y];
  const place = network.nodes[0];
  const reading = mapReading(state, order);
  const [xFrom, xTo] = zoomRange(zoomed.x);
  const [yFrom, yTo] = zoomRange(zoomed.y);
  const inside = { type: 'inside', filterMode: 'none', disabled: zoomed.factor === 1, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false };
  const shown = network.nodes.map((_, n) => n).filter((n) => n > 0 && (network.nodes[n].homes > 0 || state.voltages));
  mapChart.clear();
  mapChart.setOption({
    ...base(`The network's lines by loading. ${names.scenarios[state.scenario]}, ${modeName(state.mode.mode)}. ${reading} The table below lists the fullest lines.`),
    grid: mapGrid,
    tooltip: { ...tooltip, trigger: 'item' },
    dataZoom: [
      { ...inside, xAxisIndex: 0, start: xFrom, end: xTo },
      { ...inside, yAxisIndex: 0, start: yFrom, end: yTo },
    ],
    graphic: { elements: scaleBar(ranges) },
    xAxis: { type: 'value', ...ranges.x, show: false },
    yAxis: network.surveyed
      ? { type: 'value', ...ranges.y, show: false }
      : { ...valueAxis(ranges.y, 'Path length from the substation (m)'), nameGap: 36, axisLabel: { color: quiet, formatter: (value) => number(Math.abs(value), 0) } },
    series: [
      {
        type: 'lines',
        name: 'Lines',
        coordinateSystem: 'cartesian2d',
        polyline: true,
        clip: zoomed.factor > 1,
        tooltip: { formatter: (item) => lineFacts(order[item.dataIndex], state) },
        data: order.map((l) => {
          const line = network.lines[l];
          const from = network.nodes[line.from];
          const to = network.nodes[line.to];
          const loading = size(state.lines[l]);
          return {
            coords: network.surveyed || from.x === to.x ? [point(from), point(to)] : [point(from), [to.x, from.y], point(to)],
            lineStyle: { color: loadingColour(loading), width: loadingWidth(loading), opacity: 1, cap: state.lines[l] < 0 ? 'butt' : 'round', join: 'round', type: state.lines[l] < 0 ? [5, 3] : 'solid' },
          };
        }),
        emphasis: { lineStyle: { color: ink } },
        z: 2,
      },
      {
        type: 'scatter',
        name: 'Homes',
        clip: zoomed.factor > 1,
        data: shown.map((n) => ({
          name: network.nodes[n].id,
          value: [network.nodes[n].x, network.nodes[n].y, network.nodes[n].homes],
          symbol: state.voltages && outsideVoltage(state.voltages[n]) ? 'diamond' : 'circle',
          itemStyle: state.voltages ? { color: voltageColour(state.voltages[n]), borderColor: ink, borderWidth: 1, opacity: 1 } : { color: ink, borderColor: paper, borderWidth: 1, opacity: 1 },
        })),
        symbolSize: (value) => Math.min(1, mapChart.getWidth() / 700) * ((state.voltages ? 3 : 0) + dotSize(state.voltages ? Math.max(0.5, value[2]) : value[2])),
        tooltip: { formatter: (item) => nodeFacts(shown[item.dataIndex], state) },
        emphasis: { disabled: true },
        z: 3,
      },
      {
        type: 'scatter',
        name: 'Substation',
        clip: zoomed.factor > 1,
        data: [{ name: place.id, value: point(place) }],
        symbol: 'rect',
        symbolSize: 17,
        itemStyle: { color: loadingColour(size(state.substation)), borderColor: ink, borderWidth: 2, opacity: 1 },
        label: { ...inkLabel, show: true, position: 'top', distance: 7, fontWeight: 'bold', formatter: `Substation ${percent(size(state.substation))}` },
        tooltip: {
          formatter: `<b>Substation ${escape(place.id)}</b><br>Capacity ${number(network.substationCapacity_kVA, 0)} kVA<br>Loading <b>${percent(size(state.substation))}</b>${state.substation < 0 ? ', back to the grid' : ''}`,
        },
        emphasis: { disabled: true },
        z: 4,
      },
    ],
  });
  byId('map-reading').textContent = reading;
  byId('map-hour-shown').textContent = state.day ? state.when : '';
  listFullest(state, order.slice(-8).reverse());
};
const listFullest = (state, lines) => {
  const row = (cells) => `<tr>${cells.join('')}</tr>`;
  const body = lines.map((l) => {
    const line = network.lines[l];
    return row([
      `<th scope="row">${escape(line.id)}</th>`,
      `<td><b>${percent(size(state.lines[l]))}</b></td>`,
      `<td>${number(line.capacity_kVA, 0)}</td>`,
      `<td>${number(line.length_m, 0)}</td>`,
      `<td>${line.level || '–'}</td>`,
      `<td class="text">${escape(line.type)}</td>`,
    ]);
  });
  byId('fullest').innerHTML =
    `<caption>Fullest ${lines.length === 1 ? 'line' : `${lines.length} lines`}: ${escape(names.scenarios[state.scenario])}; ${escape(modeName(state.mode.mode))}; ${state.when}</caption>` +
    `<thead>${row(['<th scope="col">Line</th>', '<th scope="col">Loading</th>', '<th scope="col">Capacity <span class="unit">(kVA)</span></th>', '<th scope="col">Length <span class="unit">(m)</span></th>', '<th scope="col">Level</th>', '<th scope="col" class="text">Type</th>'])}</thead><tbody>${body.join('')}</tbody>`;
};
const drawMapKey = () => {
  const hourly = byId('map-when').value === 'hour';
  const counts = [...new Set(network.nodes.map((node) => node.homes).filter((homes) => homes > 0))].sort((a, b) => a - b);
  const shown = [...new Set([counts[0], counts[Math.floor(counts.length / 2)], counts[counts.length - 1]])].filter((count) => count !== undefined);
  const strip = (kind) =>
    `<svg width="150" height="12" aria-hidden="true">${Array.from({ length: bands }, (_, b) => `<rect x="${b * 30}" y="1" width="30" height="10" fill="var(--${kind}-${b})"/>`).join('')}</svg>`;
  const dot = (px, style) => `<i style="width:${px}px;height:${px}px;${style}"></i>`;
  byId('map-key').innerHTML =
    `<span>Loading 0 %${strip('loading')}${percent(loadingTop)}</span>` +
    (highestLoading > 1 + 1e-9 ? `<span>${swatch({ color: 'var(--alarm)', width: 6, type: 'solid' })}over capacity, up to ${percent(highestLoading)}</span>` : '') +
    (hourly && voltageBands
      ? `<span>${swatch({ color: ink, width: 3, type: [5, 3] })}towards the substation</span>` +
        `<span>Voltage ${number(voltageBands.low, 3)}${strip('voltage')}${number(voltageBands.low + bands * voltageBands.width, 3)} pu</span>` +
        (allVoltages.some(outsideVoltage) ? `<span>${dot(9, 'border-radius:0;transform:rotate(45deg);background:var(--alarm)')}outside ${number(network.lowerVoltage_pu, 2)} to ${number(network.upperVoltage_pu, 2)} pu</span>` : '')
      : shown.map((homes) => `<span>${dot(dotSize(homes), '')}${homes} ${homes === 1 ? 'home' : 'homes'}</span>`).join(''));
};
const fillMapModes = () => {
  const select = byId('map-mode');
  const before = select.selectedOptions[0]?.textContent;
  const modes = scenarios[Number(byId('map-scenario').value)].modes;
  select.replaceChildren(...modes.map((mode, m) => new Option(modeName(mode.mode), m, false, modeName(mode.mode) === before)));
};
/** The choice of an hour is there where the scenario's day is. */
const fillMapDay = () => {
  const day = hourDays[Number(byId('map-scenario').value)];
  const when = byId('map-when');
  const hour = [...when.options].find((option) => option.value === 'hour');
  hour.disabled = !day;
  hour.textContent = day ? `Hour by hour: ${day.season}, ${dayNamesInFull[day.ofSeason % 7]}` : 'Hour by hour: not in this file';
  if (!day) when.value = 'peak';
  byId('map-hour-control').hidden = when.value !== 'hour';
  drawMapKey();
};
const zoomBy = (how) => {
  const [x, y] = mapChart.getOption().dataZoom.map((zoom) => (zoom.start + zoom.end) / 2);
  const factor = how === 'reset' ? 1 : Math.min(32, Math.max(1, zoomed.factor * (how === 'in' ? 1.6 : 1 / 1.6)));
  zoomed = { factor: factor < 1.05 ? 1 : factor, x, y };
  drawMap();
};
/** Opens at the fullest hour of the substation. */
const startHour = () => {
  const day = hourDays.find((each) => each);
  const slider = byId('map-hour');
  slider.max = daySteps - 1;
  const loadings = day?.modes[0]?.substationLoading.map(Math.abs) ?? [];
  slider.value = loadings.length ? loadings.indexOf(most(loadings)) : 0;
};
