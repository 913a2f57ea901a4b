// Data, words, numbers and what all charts share. Colours are CSS variables, so that dark, print and high contrast need no redrawing.

const data = JSON.parse(document.getElementById('study-data').textContent);
const { scenarios, chargingCurves, networkMap: network, names } = data;
const escape = echarts.format.encodeHTML;
const byId = (id) => document.getElementById(id);

const ink = 'var(--ink)';
const quiet = 'var(--quiet)';
const rule = 'var(--rule)';
const paper = 'var(--paper)';
const veil = 'var(--veil)';

// Dash patterns and symbols tell things apart where colours cannot: on a grey print, or for a colour-blind reader.
const modeStyles = {
  immediate: { color: 'var(--immediate)', type: [2, 3], width: 2 },
  smart: { color: 'var(--smart)', type: [8, 4], width: 2 },
  v2g: { color: 'var(--v2g)', type: [10, 3, 2, 3], width: 2 },
  'v-v2v': { color: 'var(--v-v2v)', type: 'solid', width: 2.5 },
};
const modeStyle = (mode) => modeStyles[mode] ?? { color: ink, type: [4, 2], width: 2 };
const levelStyles = [
  { color: 'var(--level-1)', type: 'solid', width: 2.2 },
  { color: 'var(--level-2)', type: [8, 4], width: 2 },
  { color: 'var(--level-3)', type: [2, 3], width: 2 },
];
const scenarioSymbols = ['circle', 'rect', 'triangle', 'diamond'];
const scenarioSymbol = (index) => scenarioSymbols[index % scenarioSymbols.length];
const modeName = (mode) => names.modes[mode] ?? mode;
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayNamesInFull = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

// ---- numbers

const number = (value, decimals) =>
  value == null ? '–' : value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace('-', '−');
const power = (kW) => number(kW, Math.abs(kW) < 99.95 ? 1 : 0);
const percent = (share) => number(share == null ? null : share * 100, 0) + ' %';
const clock = (hours) => {
  const minutes = Math.round(hours * 60);
  return String(Math.floor(minutes / 60)).padStart(2, '0') + ':' + String(minutes % 60).padStart(2, '0');
};
const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
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

/** A scale of about five round intervals that holds all values, and zero unless told otherwise. */
const scaleOf = (values, withZero = true) => {
  let low = withZero ? 0 : Infinity;
  let high = withZero ? 0 : -Infinity;
  for (const value of values) {
    if (value != null && value < low) low = value;
    if (value != null && value > high) high = value;
  }
  if (low > high) low = high = 0;
  const rough = (high - low) / 5 || Math.abs(high) / 5 || 1;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const interval = unit * [1, 2, 2.5, 5, 10].find((factor) => factor * unit >= rough * 0.999);
  const min = Math.floor(low / interval + 1e-9) * interval;
  return { min, max: Math.max(Math.ceil(high / interval - 1e-9) * interval, min + interval), interval };
};
const scaleDecimals = (scale) => [0, 1, 2, 3].find((d) => Math.abs(scale.interval * 10 ** d - Math.round(scale.interval * 10 ** d)) < 1e-9) ?? 4;

// ---- charts

let printing = false;
const newChart = (element) => {
  const chart = echarts.init(element, null, { renderer: 'svg' });
  element.setAttribute('role', 'img');
  chart.observer = new ResizeObserver(() => {
    if (!printing && element.clientWidth > 0) {
      chart.resize();
      chart.afterResize?.();
    }
  });
  chart.observer.observe(element);
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
  backgroundColor: paper,
  borderColor: quiet,
  textStyle: { color: ink, fontSize: 13 },
  extraCssText: 'max-width: min(26rem, 90vw); white-space: normal;',
  confine: true,
};
const inkLabel = { color: ink, backgroundColor: veil, padding: [1, 3] };
const valueAxis = (scale, name) => ({
  type: 'value',
  ...scale,
  name,
  nameLocation: 'end',
  nameTextStyle: { color: quiet, align: 'left', padding: [0, 0, 2, -44] },
  axisLabel: { color: quiet, formatter: (value) => number(value, scaleDecimals(scale)) },
  axisLine: { show: false, onZero: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: rule } },
});
/** A value axis at the foot of a chart. */
const footAxis = (scale, name, print) => ({
  type: 'value',
  ...scale,
  name,
  nameLocation: 'middle',
  nameGap: 27,
  nameTextStyle: { color: quiet },
  axisLabel: { color: quiet, hideOverlap: true, formatter: print ?? ((value) => number(value, scaleDecimals(scale))) },
  axisLine: { onZero: false, lineStyle: { color: quiet } },
  splitLine: { lineStyle: { color: rule } },
});
const dayAxis = () => ({ ...footAxis({ min: 0, max: 24, interval: 6 }, 'Hour of the day'), axisLabel: { color: quiet, formatter: clock } });
const weekAxis = (days) => ({
  ...footAxis({ min: 0, max: days, interval: 1 }, 'Day of the week'),
  axisLabel: {
    color: quiet,
    customValues: Array.from({ length: days }, (_, day) => day + 0.5),
    formatter: (value) => dayNames[Math.floor(value) % 7],
  },
  axisTick: { customValues: Array.from({ length: days + 1 }, (_, day) => day) },
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
  for (const list of document.querySelectorAll(`[data-key=${kind}]`)) {
    list.innerHTML = entries.map(([name, sign]) => `<li>${typeof sign === 'string' ? sign : swatch(sign)}${escape(name)}</li>`).join('');
  }
};
const axisTooltip = (when, print, unit) => ({
  ...tooltip,
  trigger: 'axis',
  axisPointer: { type: 'line', lineStyle: { color: quiet } },
  formatter: (points) => {
    const lines = points.map((point) => `${point.marker}${escape(point.seriesName)}: <b>${print(point.value[1])} ${unit}</b>`);
    return [when(points[0].value[0]), ...lines].join('<br>');
  },
});
const weekTime = (perDay) => (days) => {
  const step = Math.floor(days * perDay + 1e-9);
  return dayNames[Math.floor(step / perDay) % 7] + ' ' + clock(((step % perDay) * 24) / perDay);
};
const dayTime = (perDay) => (hours) => clock((Math.floor((hours * perDay) / 24 + 1e-9) * 24) / perDay);
