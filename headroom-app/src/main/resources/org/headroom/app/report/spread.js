// Differences between modes, and how networks spread around the means.

/** A labelled row a category from above downwards; labels break where the chart is narrow. */
const rowAxis = (labels, width) => ({
  type: 'category',
  inverse: true,
  data: labels,
  axisLabel: { color: ink, interval: 0, width: width - 14, overflow: 'break', lineHeight: 14 },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: quiet } },
  splitLine: { show: false },
});
/** Horizontal intervals, a whisker each, moved down from the middle of their rows; data: [row, lower, upper]. */
const whiskers = (rows, style, offset = 0, width = 2) => ({
  type: 'custom',
  silent: true,
  encode: { y: 0, x: [1, 2] },
  data: rows,
  clip: true,
  z: 3,
  renderItem: (_, api) => {
    const [x1, y] = api.coord([api.value(1), api.value(0)]);
    const [x2] = api.coord([api.value(2), api.value(0)]);
    const line = (shape) => ({ type: 'line', shape, style: { stroke: style.color, lineWidth: width } });
    const at = y + offset;
    return {
      type: 'group',
      children: [
        line({ x1, y1: at, x2, y2: at }),
        line({ x1, y1: at - 4, x2: x1, y2: at + 4 }),
        line({ x1: x2, y1: at - 4, x2, y2: at + 4 }),
      ],
    };
  },
});
const labelWidth = (chart) => Math.min(150, Math.max(100, chart.getWidth() * 0.3));
const withInterval = (estimate) => estimate.lower != null && estimate.upper != null;
const interval = (estimate, print, unit) =>
  `<b>${print(estimate.mean)} ${unit}</b>` + (withInterval(estimate) ? ` (95 % interval ${print(estimate.lower)} to ${print(estimate.upper)})` : '');

// ---- one mode against another

const signed = (share) => (share > 0 ? '+' : '') + number(share * 100, 1);
const drawDifferences = (element, metric) => {
  const chart = newChart(element);
  const pairs = [...new Map(scenarios.flatMap((scenario) => scenario.differences).map((each) => [`${each.mode} ${each.against}`, each])).values()];
  const short = (mode) => modeName(mode).replace(/ charge$/, '');
  const labels = pairs.map((pair) => `${short(pair.mode)} against ${short(pair.against)}`);
  const found = (scenario, pair) =>
    scenario.differences.find((each) => each.metric === metric && each.mode === pair.mode && each.against === pair.against && each.relative.mean != null);
  const values = scenarios.flatMap((scenario) =>
    pairs.flatMap((pair) => {
      const relative = found(scenario, pair)?.relative;
      return relative ? [relative.mean, relative.lower, relative.upper].filter((value) => value != null).map((value) => value * 100) : [];
    }));
  const scale = scaleOf(values);
  const spoken = scenarios.flatMap((scenario, s) =>
    pairs.slice(0, 1).flatMap((pair, p) => {
      const relative = found(scenario, pair)?.relative;
      return relative ? [`scenario ${scenario.name}, ${labels[p]}: ${signed(relative.mean)} %`] : [];
    }));
  const draw = () => {
    const width = labelWidth(chart);
    const gap = Math.min(11, 30 / Math.max(1, scenarios.length));
    const series = scenarios.flatMap((scenario, s) => {
      const offset = (s - (scenarios.length - 1) / 2) * gap;
      const rows = pairs.flatMap((pair, row) => {
        const difference = found(scenario, pair);
        return difference ? [{ row, relative: difference.relative, style: modeStyle(pair.mode) }] : [];
      });
      return [
        ...rows
          .filter((each) => withInterval(each.relative))
          .map((each) => whiskers([[each.row, each.relative.lower * 100, each.relative.upper * 100]], each.style, offset)),
        {
          type: 'scatter',
          name: names.scenarios[s],
          symbol: scenarioSymbol(s),
          symbolSize: 10,
          symbolOffset: [0, offset],
          z: 4,
          data: rows.map((each) => ({ value: [each.relative.mean * 100, each.row], relative: each.relative, itemStyle: { color: each.style.color, borderColor: paper, borderWidth: 1 } })),
          emphasis: { disabled: true },
        },
      ];
    });
    chart.clear();
    chart.setOption({
      ...base(`How much more or less one charging mode needs than another, in percent: ${names.metrics[metric]}. ${spoken.join('; ')}. The table holds all numbers.`),
      grid: { left: width, right: 18, top: 8, bottom: 46 },
      tooltip: {
        ...tooltip,
        trigger: 'item',
        formatter: (item) => `${escape(item.seriesName)}<br>${escape(labels[item.value[1]])}: ${interval(item.data.relative, signed, '%')}`,
      },
      xAxis: footAxis(scale, `${names.metrics[metric]} (%)`),
      yAxis: rowAxis(labels, width),
      series: [
        ...series,
        { type: 'line', data: [], markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: ink, type: 'solid', width: 1 }, data: [{ xAxis: 0 }] } },
      ],
    });
  };
  chart.afterResize = draw;
  draw();
};

// ---- networks around their mean

const spreadFigures = {
  peak_kW: { name: 'Peak substation flow', unit: 'kW', of: (figures) => figures.peak_kW, estimate: (mode) => mode.peak_kW, factor: 1, print: power },
  peakToAverage: { name: 'Peak-to-average', unit: '%', of: (figures) => figures.peakToAverage, estimate: (mode) => mode.peakToAverage, factor: 100, print: (value) => number(value, 0) },
  presentValue_gbpPerYear: { name: 'Annual present value', unit: 'k£', of: (figures) => figures.presentValue_gbpPerYear, estimate: (mode) => mode.presentValue_gbpPerYear, factor: 1e-3, print: (value) => number(value, 1) },
  energyCost_gbpPerYear: { name: 'Annual energy cost', unit: 'k£', of: (figures) => figures.energyCost_gbpPerYear, estimate: (mode) => mode.energyCost_gbpPerYear, factor: 1e-3, print: (value) => number(value, 1) },
};
/** Boxes from quartile to quartile with their median; data: [row, lower quartile, median, upper quartile]. */
const boxes = (rows) => ({
  type: 'custom',
  silent: true,
  encode: { y: 0, x: [1, 2, 3] },
  data: rows,
  z: 1,
  renderItem: (_, api) => {
    const [left, y] = api.coord([api.value(1), api.value(0)]);
    const [middle] = api.coord([api.value(2), api.value(0)]);
    const [right] = api.coord([api.value(3), api.value(0)]);
    return {
      type: 'group',
      children: [
        { type: 'rect', shape: { x: left, y: y - 8, width: Math.max(1, right - left), height: 16 }, style: { fill: 'var(--tint)', stroke: quiet, lineWidth: 1 } },
        { type: 'line', shape: { x1: middle, y1: y - 8, x2: middle, y2: y + 8 }, style: { stroke: quiet, lineWidth: 2 } },
      ],
    };
  },
});
const mostDots = 150; // of a row; more would be one blot
const drawSpread = (element, metric) => {
  const chart = newChart(element);
  const figure = spreadFigures[metric];
  const rows = scenarios.flatMap((scenario, s) => scenario.modes.map((mode) => ({ scenario, s, mode })));
  const labels = rows.map((row, r) => (r === 0 || rows[r - 1].s !== row.s ? `${row.scenario.name}: ` : '') + modeName(row.mode.mode));
  const scaled = (value) => (value == null ? null : value * figure.factor);
  const estimates = rows.map((row) => {
    const estimate = figure.estimate(row.mode);
    return { mean: scaled(estimate.mean), lower: scaled(estimate.lower), upper: scaled(estimate.upper) };
  });
  const dots = rows.map((row) => {
    const every = Math.ceil(row.mode.networks.length / mostDots);
    return row.mode.networks.filter((_, n) => n % every === 0).map((each) => ({ network: each.network, value: scaled(figure.of(each)) })).filter((dot) => dot.value != null);
  });
  const spreads = rows.map((row) => row.mode.spreads.find((each) => each.metric === metric)?.spread);
  const scale = scaleOf([...rows.flatMap((row) => row.mode.networks.map((each) => scaled(figure.of(each)))), ...estimates.flatMap((each) => [each.lower, each.upper])], false);
  const draw = () => {
    const width = labelWidth(chart);
    chart.clear();
    chart.setOption({
      ...base(`${figure.name} in ${figure.unit} of every network, a row for each scenario and charging mode. ${rows.map((row, r) => `${row.scenario.name}, ${modeName(row.mode.mode)}: mean ${figure.print(estimates[r].mean)}${spreads[r] ? `, half of the networks from ${figure.print(scaled(spreads[r].lowerQuartile))} to ${figure.print(scaled(spreads[r].upperQuartile))}` : ''}`).join('; ')}.`),
      grid: { left: width, right: 18, top: 8, bottom: 46 },
      tooltip: {
        ...tooltip,
        trigger: 'item',
        formatter: (item) => {
          const row = rows[item.value[1]];
          const what = item.data.network == null ? `Mean: ${interval(estimates[item.value[1]], figure.print, figure.unit)}` + (spreads[item.value[1]] ? `<br>Quartiles: ${['lowerQuartile', 'median', 'upperQuartile'].map((which) => figure.print(scaled(spreads[item.value[1]][which]))).join(' / ')}` : '') : `Network ${item.data.network}: <b>${figure.print(item.value[0])} ${figure.unit}</b>`;
          return `Scenario ${escape(row.scenario.name)}, ${escape(modeName(row.mode.mode))}<br>${what}`;
        },
      },
      xAxis: footAxis(scale, `${figure.name} (${figure.unit})`),
      yAxis: rowAxis(labels, width),
      series: [
        boxes(spreads.flatMap((each, r) => (each ? [[r, scaled(each.lowerQuartile), scaled(each.median), scaled(each.upperQuartile)]] : []))),
        {
          type: 'scatter',
          name: 'Networks',
          symbol: 'circle',
          symbolSize: 5,
          data: dots.flatMap((row, r) => row.map((dot) => ({ value: [dot.value, r], network: dot.network, symbolOffset: [0, (((dot.network * 7) % 11) - 5) * 1.1], itemStyle: { color: modeStyle(rows[r].mode.mode).color, opacity: 0.45 } }))),
          emphasis: { disabled: true },
          z: 2,
        },
        whiskers(estimates.flatMap((each, r) => (withInterval(each) ? [[r, each.lower, each.upper]] : [])), { color: ink }, 0, 1.5),
        {
          type: 'scatter',
          name: 'Mean',
          symbol: 'diamond',
          symbolSize: 11,
          data: estimates.flatMap((each, r) => (each.mean == null ? [] : [{ value: [each.mean, r], itemStyle: { color: ink, borderColor: paper, borderWidth: 1 } }])),
          emphasis: { disabled: true },
          z: 4,
        },
      ],
    });
  };
  chart.afterResize = draw;
  draw();
};
