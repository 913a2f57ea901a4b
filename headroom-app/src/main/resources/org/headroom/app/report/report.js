(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('study-data').textContent);
  const { scenarios, chargingCurves, networkMap: network, names } = data;
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue('--' + name).trim();
  const ink = colour('ink');
  const quiet = colour('quiet');
  const rule = colour('rule');
  const escape = echarts.format.encodeHTML;

  // Dash patterns tell the curves apart where colours cannot: on a grey print, or for a colour-blind reader.
  const modeStyles = {
    immediate: { color: colour('immediate'), type: [2, 3], width: 2 },
    smart: { color: colour('smart'), type: [8, 4], width: 2 },
    v2g: { color: colour('v2g'), type: [10, 3, 2, 3], width: 2 },
    'v-v2v': { color: colour('v-v2v'), type: 'solid', width: 2.5 },
  };
  const modeStyle = (mode) => modeStyles[mode] ?? { color: ink, type: [4, 2], width: 2 };
  const levelStyles = [
    { color: colour('level-1'), type: 'solid', width: 2.2 },
    { color: colour('level-2'), type: [8, 4], width: 2 },
    { color: colour('level-3'), type: [2, 3], width: 2 },
  ];
  const curveStyles = {
    week: { color: '#8a939f', type: [4, 3], width: 1 },
    mean: { color: '#0072b2', type: 'solid', width: 2.5 },
    maximum: { color: '#c1272d', type: 'solid', width: 1.8 },
  };
  const modeName = (mode) => names.modes[mode] ?? mode;
  const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

  // ---- numbers

  const number = (value, decimals) =>
    value == null ? '–' : value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '−');
  const power = (kW) => number(kW, Math.abs(kW) < 99.95 ? 1 : 0);
  const percent = (share) => number(share == null ? null : share * 100, 0) + ' %';
  const clock = (hours) => {
    const minutes = Math.round(hours * 60);
    return String(Math.floor(minutes / 60)).padStart(2, '0') + ':' + String(minutes % 60).padStart(2, '0');
  };
  const stepsPerDay = () => {
    for (const scenario of scenarios) {
      for (const mode of scenario.modes) {
        if (mode.dayLineFlowByLevel_kW.length && mode.dayLineFlowByLevel_kW[0].length) {
          return mode.dayLineFlowByLevel_kW[0].length;
        }
        if (mode.weekSubstation_kW.length) {
          return mode.weekSubstation_kW.length / 7;
        }
      }
    }
    return 24;
  };
  const daySteps = stepsPerDay();

  /** A scale of about five round intervals that holds all values and zero. */
  const scaleOf = (values) => {
    let low = 0;
    let high = 0;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const rough = (high - low) / 5 || 1;
    const unit = 10 ** Math.floor(Math.log10(rough));
    const interval = unit * [1, 2, 2.5, 5, 10].find((factor) => factor * unit >= rough * 0.999);
    return { min: Math.floor(low / interval + 1e-9) * interval, max: Math.ceil(high / interval - 1e-9) * interval, interval };
  };

  // ---- charts

  const charts = [];
  const newChart = (element) => {
    const chart = echarts.init(element, null, { renderer: 'svg' });
    element.setAttribute('role', 'img');
    charts.push(chart);
    new ResizeObserver(() => {
      if (!printing && element.clientWidth > 0) {
        chart.resize();
        chart.afterResize?.();
      }
    }).observe(element);
    return chart;
  };
  const missing = (element, text) => {
    const paragraph = document.createElement('p');
    paragraph.className = 'missing';
    paragraph.textContent = text;
    element.replaceWith(paragraph);
  };
  const textStyle = { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: ink };
  const base = (description) => ({
    animation: false,
    textStyle,
    aria: { enabled: true, label: { description } },
    grid: { left: 50, right: 14, top: 32, bottom: 46 },
  });
  const tooltip = {
    backgroundColor: '#fff',
    borderColor: '#7a8594',
    textStyle: { color: ink, fontSize: 13 },
    confine: true,
  };
  const valueAxis = (scale, name) => ({
    type: 'value',
    ...scale,
    name,
    nameLocation: 'end',
    nameTextStyle: { color: quiet, align: 'left', padding: [0, 0, 2, -44] },
    axisLabel: { color: quiet, formatter: (value) => number(value, scale.interval < 1 ? (scale.interval * 10) % 1 ? 2 : 1 : scale.interval % 1 ? 1 : 0) },
    axisLine: { show: false, onZero: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: rule } },
  });
  const weekAxis = (days) => ({
    type: 'value',
    min: 0,
    max: days,
    interval: 1,
    name: 'Day of the week',
    nameLocation: 'middle',
    nameGap: 27,
    nameTextStyle: { color: quiet },
    axisLabel: {
      color: quiet,
      customValues: Array.from({ length: days }, (_, day) => day + 0.5),
      formatter: (value) => dayNames[Math.floor(value) % 7],
    },
    axisTick: { customValues: Array.from({ length: days + 1 }, (_, day) => day) },
    axisLine: { onZero: false, lineStyle: { color: quiet } },
    splitLine: { lineStyle: { color: rule } },
  });
  const dayAxis = () => ({
    type: 'value',
    min: 0,
    max: 24,
    interval: 6,
    name: 'Hour of the day',
    nameLocation: 'middle',
    nameGap: 27,
    nameTextStyle: { color: quiet },
    axisLabel: { color: quiet, formatter: clock },
    axisLine: { onZero: false, lineStyle: { color: quiet } },
    splitLine: { lineStyle: { color: rule } },
  });
  /** Points in the middle of each step, so that a pointer finds the step it is over; the two outer ones close the curve. */
  const steps = (values, stepLength) => [
    [0, values[0]],
    ...values.map((value, step) => [(step + 0.5) * stepLength, value]),
    [values.length * stepLength, values[values.length - 1]],
  ];
  const curve = (name, values, stepLength, lineStyle) => ({
    type: 'line',
    name,
    step: 'middle',
    data: steps(values, stepLength),
    showSymbol: false,
    symbol: 'circle',
    lineStyle: { ...lineStyle, cap: 'butt' },
    itemStyle: { color: lineStyle.color },
    emphasis: { disabled: true },
  });
  const swatch = (style) => {
    const dash = Array.isArray(style.type) ? ` stroke-dasharray="${style.type.join(' ')}"` : '';
    return `<svg width="36" height="10" aria-hidden="true"><path d="M0 5h36" stroke="${style.color}" stroke-width="${style.width}"${dash} fill="none"/></svg>`;
  };
  const key = (kind, entries) => {
    const list = document.querySelector(`[data-key=${kind}]`);
    if (list) {
      list.innerHTML = entries.map(([name, style]) => `<li>${swatch(style)}${escape(name)}</li>`).join('');
    }
  };
  const axisTooltip = (when, decimals) => ({
    ...tooltip,
    trigger: 'axis',
    axisPointer: { type: 'line', lineStyle: { color: quiet } },
    formatter: (points) => {
      const lines = points.map((point) => `${point.marker}${escape(point.seriesName)}: <b>${decimals(point.value[1])} kW</b>`);
      return [when(points[0].value[0]), ...lines].join('<br>');
    },
  });
  const weekTime = (perDay) => (days) => {
    const step = Math.floor(days * perDay + 1e-9);
    return dayNames[Math.floor(step / perDay) % 7] + ' ' + clock(((step % perDay) * 24) / perDay);
  };

  // ---- the substation over a week

  const weekScale = () => {
    const flows = scenarios.flatMap((scenario) => scenario.modes.flatMap((mode) => mode.weekSubstation_kW));
    const high = flows.reduce((a, b) => Math.max(a, b), 0);
    const capacity = network.substationCapacity_kVA;
    const near = capacity <= 1.5 * high;
    return { scale: scaleOf(near ? [...flows, capacity] : flows), capacity: near ? capacity : null };
  };
  const drawWeek = (element, scenario, title, shared) => {
    const modes = scenario.modes.filter((mode) => mode.weekSubstation_kW.length);
    if (!modes.length) {
      missing(element, 'No week was kept for this scenario.');
      return;
    }
    const days = Math.ceil(modes[0].weekSubstation_kW.length / daySteps);
    const chart = newChart(element);
      const description = `Substation power over a week in kW, a curve for each charging mode. ${title}. Peaks: ${modes.map((mode) => `${modeName(mode.mode)} ${power(Math.max(...mode.weekSubstation_kW))} kW`).join(', ')}.`;
    const series = modes.map((mode) => curve(modeName(mode.mode), mode.weekSubstation_kW, 1 / daySteps, modeStyle(mode.mode)));
    if (shared.capacity) {
      series[0].markLine = {
        silent: true,
        symbol: 'none',
        lineStyle: { color: ink, type: 'solid', width: 1 },
        label: { position: 'insideEndBottom', color: ink, backgroundColor: 'rgba(255, 255, 255, 0.85)', padding: [1, 3], formatter: `Substation's capacity ${number(shared.capacity, 0)} kVA` },
        data: [{ yAxis: shared.capacity }],
      };
    }
    chart.setOption({
      ...base(description),
      tooltip: axisTooltip(weekTime(daySteps), power),
      xAxis: weekAxis(days),
      yAxis: valueAxis(shared.scale, 'Active power (kW)'),
      series,
    });
  };

  // ---- the lines over a typical day

  const dayCharts = [];
  const drawDay = (index) => {
    const panels = document.getElementById('day-panels');
    for (const chart of dayCharts.splice(0)) {
      charts.splice(charts.indexOf(chart), 1);
      chart.dispose();
    }
    panels.replaceChildren();
    const scenario = scenarios[index];
    const scale = scaleOf(scenarios.flatMap((each) => each.modes.flatMap((mode) => mode.dayLineFlowByLevel_kW.flat())));
    for (const mode of scenario.modes) {
      const panel = document.createElement('figure');
      panel.className = 'panel';
      const heading = document.createElement('h3');
      heading.textContent = modeName(mode.mode);
      const caption = document.createElement('figcaption');
      caption.append(heading);
      const element = document.createElement('div');
      element.className = 'chart day';
      panel.append(caption, element);
      panels.append(panel);
      const levels = mode.dayLineFlowByLevel_kW;
      if (!levels.some((level) => level.length)) {
        missing(element, 'No typical day was kept for this mode.');
        continue;
      }
      const chart = newChart(element);
      const description = `Mean line power by level over a typical day in kW. ${names.scenarios[index]}, ${modeName(mode.mode)}. Highest: ${levels.map((level, l) => `level ${l + 1} ${power(Math.max(...level))} kW`).join(', ')}.`;
      dayCharts.push(chart);
      chart.setOption({
        ...base(description),
        tooltip: axisTooltip((hours) => clock((Math.floor((hours * daySteps) / 24 + 1e-9) * 24) / daySteps), power),
        xAxis: dayAxis(),
        yAxis: valueAxis(scale, 'Mean line power (kW)'),
        series: levels.flatMap((level, l) =>
          level.length ? [curve(names.levels[l] ?? `Level ${l + 1}`, level, 24 / level.length, levelStyles[l] ?? levelStyles[2])] : []),
      });
    }
  };

  // ---- charging curves

  const drawCharging = (element, curves, scale) => {
    const perDay = curves.mean_kW.length / 7;
    const title = names.archetypes[curves.archetype];
    const chart = newChart(element);
      const description = `Charging power over a week in kW a household: ${curves.weeks.length} weeks, their mean and their highest. ${title}. Peak ${number(curves.peak_kW, 2)} kW.`;
    const peakStep = curves.maximum_kW.indexOf(Math.max(...curves.maximum_kW));
    const highest = curve('Highest of the weeks', curves.maximum_kW, 1 / perDay, curveStyles.maximum);
    const at = (peakStep + 0.5) / perDay;
    highest.markPoint = {
      silent: true,
      symbol: 'circle',
      symbolSize: 7,
      itemStyle: { color: curveStyles.maximum.color },
      label: { position: at < 1.3 ? 'right' : at > 5.7 ? 'left' : 'top', distance: 6, color: ink, fontWeight: 'bold', formatter: `peak ${number(curves.peak_kW, 2)} kW`, backgroundColor: 'rgba(255, 255, 255, 0.85)', padding: [1, 3] },
      data: [{ coord: [at, curves.peak_kW] }],
    };
    const mean = curve('Mean of the weeks', curves.mean_kW, 1 / perDay, curveStyles.mean);
    mean.z = 3;
    chart.setOption({
      ...base(description),
      tooltip: axisTooltip(weekTime(perDay), (value) => number(value, 2)),
      xAxis: weekAxis(7),
      yAxis: valueAxis(scale, 'Power a household (kW)'),
      series: [
        ...curves.weeks.map((week) => ({ ...curve('week', week, 1 / perDay, curveStyles.week), silent: true, tooltip: { show: false } })),
        highest,
        mean,
      ],
    });
  };

  // ---- the network

  const loadingColours = ['#9ebcda', '#8c96c6', '#8c6bb1', '#88419d', '#810f7c', '#4d004b'];
  const overloaded = '#d55e00';
  const allLoadings = scenarios.flatMap((scenario) => scenario.modes.flatMap((mode) => [...mode.lineLoading, mode.substationLoading])).filter((value) => value != null);
  const highestLoading = allLoadings.reduce((a, b) => Math.max(a, b), 0);
  const loadingTop = Math.min(1, Math.max(0.1, Math.ceil(highestLoading * 10 - 1e-9) / 10));
  const mix = (a, b, share) =>
    '#' + [1, 3, 5].map((at) => Math.round(parseInt(a.slice(at, at + 2), 16) * (1 - share) + parseInt(b.slice(at, at + 2), 16) * share).toString(16).padStart(2, '0')).join('');
  const loadingColour = (loading) => {
    if (loading == null) return '#b8bec6';
    if (loading > 1) return overloaded;
    const place = Math.min(1, Math.max(0, loading / loadingTop)) * (loadingColours.length - 1);
    const below = Math.min(loadingColours.length - 2, Math.floor(place));
    return mix(loadingColours[below], loadingColours[below + 1], place - below);
  };
  const loadingWidth = (loading) => 1.5 + 5 * Math.min(1, (loading ?? 0) / loadingTop);
  const dotSize = (homes) => (network.nodes.length > 600 ? 3 : network.nodes.length > 250 ? 4.5 : 6) * Math.sqrt(homes);

  let mapChart;
  let zoomed = { factor: 1, x: 50, y: 50 };
  const xs = network.nodes.map((node) => node.x);
  const ys = network.nodes.map((node) => node.y);
  const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const bounds = { left: least(xs), right: most(xs), bottom: least(ys), top: most(ys) };
  const mapGrid = network.surveyed
    ? { left: 12, right: 12, top: 26, bottom: 34 }
    : { left: 50, right: 16, top: 62, bottom: 14 };

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
  const chosen = () => {
    const scenario = Number(document.getElementById('map-scenario').value);
    return { scenario, mode: scenarios[scenario].modes[Number(document.getElementById('map-mode').value)] };
  };
  const lineFacts = (l, mode) => {
    const line = network.lines[l];
    return [
      `<b>Line ${escape(line.id)}</b>`,
      escape(line.type),
      `Length ${number(line.length_m, line.length_m < 10 ? 1 : 0)} m`,
      `Capacity ${number(line.capacity_kVA, 0)} kVA`,
      `Loading <b>${percent(mode.lineLoading[l])}</b>`,
      line.level ? escape(names.levels[line.level - 1] ?? `Level ${line.level}`) : 'No level',
    ].join('<br>');
  };
  /** The largest of 1, 2, 5, 10, … metres that is no longer than the length. */
  const roundLength = (length) => {
    const unit = 10 ** Math.floor(Math.log10(length));
    return unit * [5, 2, 1].find((factor) => factor * unit <= length);
  };
  const scaleBar = (ranges) => {
    if (!ranges.perPixel) return [];
    const visible = zoomed.factor;
    const length = roundLength((140 * ranges.perPixel) / visible);
    const bar = (length / ranges.perPixel) * visible;
    return [
      { type: 'rect', left: mapGrid.left, bottom: 8, shape: { width: bar, height: 3 }, style: { fill: ink }, silent: true },
      { type: 'text', left: mapGrid.left, bottom: 14, style: { text: `${number(length, length < 1 ? 1 : 0)} m`, fill: ink, font: '12px ' + textStyle.fontFamily }, silent: true },
    ];
  };
  const drawMap = () => {
    const { scenario, mode } = chosen();
    const ranges = mapRanges();
    const order = network.lines.map((_, l) => l).sort((a, b) => (mode.lineLoading[a] ?? -1) - (mode.lineLoading[b] ?? -1));
    const point = (node) => [node.x, node.y];
    const place = network.nodes[0];
    const fullest = order[order.length - 1];
    const description = `The network's lines by loading. ${names.scenarios[scenario]}, ${modeName(mode.mode)}. Substation ${percent(mode.substationLoading)}` +
      (fullest === undefined ? '.' : `; fullest line ${network.lines[fullest].id}, ${percent(mode.lineLoading[fullest])}. The table below lists the fullest lines.`);
    const [xFrom, xTo] = zoomRange(zoomed.x);
    const [yFrom, yTo] = zoomRange(zoomed.y);
    const inside = { type: 'inside', filterMode: 'none', disabled: zoomed.factor === 1, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false };
    mapChart.clear();
    mapChart.setOption(
      {
        ...base(description),
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
            tooltip: { formatter: (item) => lineFacts(order[item.dataIndex], mode) },
            data: order.map((l) => {
              const line = network.lines[l];
              const from = network.nodes[line.from];
              const to = network.nodes[line.to];
              const loading = mode.lineLoading[l];
              return {
                coords: network.surveyed || from.x === to.x ? [point(from), point(to)] : [point(from), [to.x, from.y], point(to)],
                lineStyle: { color: loadingColour(loading), width: loadingWidth(loading), opacity: 1, cap: 'round', join: 'round', type: 'solid' },
              };
            }),
            emphasis: { lineStyle: { color: ink } },
            z: 2,
          },
          {
            type: 'scatter',
            name: 'Homes',
            clip: zoomed.factor > 1,
            data: network.nodes.filter((node) => node.homes > 0).map((node) => ({ name: node.id, value: [node.x, node.y, node.homes] })),
            symbolSize: (value) => dotSize(value[2]),
            itemStyle: { color: ink, borderColor: '#fff', borderWidth: 1, opacity: 1 },
            tooltip: { formatter: (item) => `<b>Node ${escape(item.name)}</b><br>${number(item.value[2], 0)} ${item.value[2] === 1 ? 'home' : 'homes'}` },
            z: 3,
          },
          {
            type: 'scatter',
            name: 'Substation',
            clip: zoomed.factor > 1,
            data: [{ name: place.id, value: point(place) }],
            symbol: 'rect',
            symbolSize: 17,
            itemStyle: { color: loadingColour(mode.substationLoading), borderColor: ink, borderWidth: 2, opacity: 1 },
            label: { show: true, position: 'top', distance: 7, color: ink, fontWeight: 'bold', formatter: `Substation ${percent(mode.substationLoading)}`, backgroundColor: 'rgba(255, 255, 255, 0.85)', padding: [1, 3] },
            tooltip: {
              formatter: `<b>Substation ${escape(place.id)}</b><br>Capacity ${number(network.substationCapacity_kVA, 0)} kVA<br>Loading <b>${percent(mode.substationLoading)}</b>`,
            },
            z: 4,
          },
        ],
      },
    );
    listFullest(scenario, mode, order.slice(-8).reverse());
  };
  const listFullest = (scenario, mode, lines) => {
    const row = (cells) => `<tr>${cells.join('')}</tr>`;
    const body = lines.map((l) => {
      const line = network.lines[l];
      return row([
        `<th scope="row">${escape(line.id)}</th>`,
        `<td><b>${percent(mode.lineLoading[l])}</b></td>`,
        `<td>${number(line.capacity_kVA, 0)}</td>`,
        `<td>${number(line.length_m, 0)}</td>`,
        `<td>${line.level || '–'}</td>`,
        `<td class="text">${escape(line.type)}</td>`,
      ]);
    });
    document.getElementById('fullest').innerHTML =
      `<caption>Fullest ${lines.length === 1 ? 'line' : `${lines.length} lines`}: ${escape(names.scenarios[scenario])}; ${escape(modeName(mode.mode))}</caption>` +
      `<thead>${row(['<th scope="col">Line</th>', '<th scope="col">Loading</th>', '<th scope="col">Capacity <span class="unit">(kVA)</span></th>', '<th scope="col">Length <span class="unit">(m)</span></th>', '<th scope="col">Level</th>', '<th scope="col" class="text">Type</th>'])}</thead><tbody>${body.join('')}</tbody>`;
  };
  const drawMapKey = () => {
    const counts = [...new Set(network.nodes.map((node) => node.homes).filter((homes) => homes > 0))].sort((a, b) => a - b);
    const shown = [...new Set([counts[0], counts[Math.floor(counts.length / 2)], counts[counts.length - 1]])].filter((count) => count !== undefined);
    const wedge = '<svg width="180" height="12" aria-hidden="true"><defs><linearGradient id="loading-scale">' +
      loadingColours.map((each, c) => `<stop offset="${c / (loadingColours.length - 1)}" stop-color="${each}"/>`).join('') +
      '</linearGradient></defs><path d="M0 5 180 1v10L0 7z" fill="url(#loading-scale)"/></svg>';
    document.getElementById('map-key').innerHTML =
      `<span>Loading 0 %${wedge}${percent(loadingTop)}</span>` +
      (highestLoading > 1 ? `<span>${swatch({ color: overloaded, width: 6, type: 'solid' })}over capacity, up to ${percent(highestLoading)}</span>` : '') +
      shown.map((homes) => `<span><i style="width:${dotSize(homes)}px;height:${dotSize(homes)}px"></i>${homes} ${homes === 1 ? 'home' : 'homes'}</span>`).join('');
  };
  const fillMapModes = () => {
    const select = document.getElementById('map-mode');
    const before = select.selectedOptions[0]?.textContent;
    const modes = scenarios[Number(document.getElementById('map-scenario').value)].modes;
    select.replaceChildren(...modes.map((mode, m) => new Option(modeName(mode.mode), m, false, modeName(mode.mode) === before)));
  };
  const zoomBy = (how) => {
    const [x, y] = mapChart.getOption().dataZoom.map((zoom) => (zoom.start + zoom.end) / 2);
    const factor = how === 'reset' ? 1 : Math.min(32, Math.max(1, zoomed.factor * (how === 'in' ? 1.6 : 1 / 1.6)));
    zoomed = { factor: factor < 1.05 ? 1 : factor, x, y };
    drawMap();
  };

  // ---- downloads

  const tables = {
    week: (index) => {
      const modes = scenarios[index].modes;
      const length = modes.reduce((longest, mode) => Math.max(longest, mode.weekSubstation_kW.length), 0);
      return [
        ['step', ...modes.map((mode) => mode.mode + '_kW')],
        ...Array.from({ length }, (_, step) => [step, ...modes.map((mode) => mode.weekSubstation_kW[step])]),
      ];
    },
    day: () => [
      ['scenario', 'mode', 'level', 'step', 'mean_kW'],
      ...scenarios.flatMap((scenario) =>
        scenario.modes.flatMap((mode) =>
          mode.dayLineFlowByLevel_kW.flatMap((level, l) => level.map((value, step) => [scenario.name, mode.mode, l + 1, step, value])))),
    ],
    charging: (index) => [
      ['week', 'step', 'mean_kW'],
      ...chargingCurves[index].weeks.flatMap((week, w) => week.map((value, step) => [w, step, value])),
    ],
    map: () => [
      ['scenario', 'mode', 'line', 'from', 'to', 'level', 'type', 'length_m', 'capacity_kVA', 'loading'],
      ...scenarios.flatMap((scenario) =>
        scenario.modes.flatMap((mode) => [
          [scenario.name, mode.mode, 'substation', '', network.nodes[0].id, '', '', '', network.substationCapacity_kVA, mode.substationLoading],
          ...network.lines.map((line, l) => [scenario.name, mode.mode, line.id, network.nodes[line.from].id, network.nodes[line.to].id, line.level, line.type, line.length_m, line.capacity_kVA, mode.lineLoading[l]]),
        ])),
    ],
  };
  const csvField = (value) => {
    const text = value == null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const download = (kind, index) => {
    const suffix = kind === 'week' ? '-' + scenarios[index].name : kind === 'charging' ? '-' + chargingCurves[index].archetype : '';
    const link = document.createElement('a');
    link.download = `${data.name}-${kind}${suffix}`.replace(/[^\p{L}\p{N}_-]+/gu, '-') + '.csv';
    link.href = URL.createObjectURL(new Blob([tables[kind](index).map((row) => row.map(csvField).join(',') + '\n').join('')], { type: 'text/csv' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // ---- printing: a chart keeps its drawing and shrinks with the paper

  let printing = false;
  const drawings = () => document.querySelectorAll('.chart svg');
  window.addEventListener('beforeprint', () => {
    printing = true;
    for (const svg of drawings()) {
      svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
    }
  });
  window.addEventListener('afterprint', () => {
    printing = false;
    for (const svg of drawings()) {
      svg.removeAttribute('viewBox');
    }
  });

  // ---- the page

  const modes = [...new Set(scenarios.flatMap((scenario) => scenario.modes.map((mode) => mode.mode)))];
  key('modes', modes.map((mode) => [modeName(mode), modeStyle(mode)]));
  key('levels', names.levels.map((level, l) => [level, levelStyles[l]]));
  key('curves', [['One week', curveStyles.week], ['Mean of the weeks', curveStyles.mean], ['Highest of the weeks', curveStyles.maximum]]);

  const shared = weekScale();
  for (const element of document.querySelectorAll('[data-chart=week]')) {
    const index = Number(element.dataset.index);
    drawWeek(element, scenarios[index], names.scenarios[index], shared);
  }
  const chargingScale = scaleOf(chargingCurves.map((curves) => curves.peak_kW * 1.15));
  for (const element of document.querySelectorAll('[data-chart=charging]')) {
    drawCharging(element, chargingCurves[Number(element.dataset.index)], chargingScale);
  }
  if (scenarios.length) {
    drawDay(0);
    fillMapModes();
    mapChart = newChart(document.getElementById('map'));
    mapChart.afterResize = drawMap;
    drawMapKey();
    drawMap();
  }
  document.addEventListener('change', (event) => {
    if (event.target.dataset.choose === 'day') drawDay(Number(event.target.value));
    if (event.target.id === 'map-scenario') fillMapModes();
    if (event.target.dataset.choose === 'map') drawMap();
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.csv) download(button.dataset.csv, Number(button.dataset.index ?? 0));
    if (button?.dataset.zoom) zoomBy(button.dataset.zoom);
  });
})();
