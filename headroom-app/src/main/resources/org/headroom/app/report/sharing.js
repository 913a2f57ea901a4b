// Who shares energy with whom, and who gains by it.

const sharing = data.sharing.scenarios;
const sources = { pv: 'PV of homes', car: 'Cars, discharging', lot: 'Public lots, giving', grid: 'Grid' };
const sinks = { demand: 'Homes but for cars', car: 'Cars, charging', lot: 'Public lots, taking', grid: 'Back to the grid', lines: 'Lost in lines' };
const flowColours = { pv: 'var(--immediate)', car: 'var(--v-v2v)', lot: 'var(--v2g)', grid: 'var(--smart)' };
const energy = (kWh) => number(kWh / 1000, kWh >= 9950 ? 1 : kWh >= 995 ? 2 : 3);

let flowChart;
const fillSharingModes = () => {
  const select = byId('sharing-mode');
  const modes = sharing[Number(byId('sharing-scenario').value)].modes;
  const before = select.selectedOptions[0]?.textContent ?? modeName('v-v2v');
  select.replaceChildren(...modes.map((mode, m) => new Option(modeName(mode.mode), m, false, modeName(mode.mode) === before)));
};
const drawFlows = () => {
  const scenario = sharing[Number(byId('sharing-scenario').value)];
  const mode = scenario.modes[Number(byId('sharing-mode').value)];
  byId('flows-missing').hidden = Boolean(mode);
  if (!mode) {
    flowChart.clear();
    byId('flows').setAttribute('aria-label', 'No flows: this scenario has no day with a result.');
    return;
  }
  const flows = mode.flows.filter((flow) => flow.energy_kWhPerYear.mean > 0);
  const name = (side, kind) => `${side} ${kind}`;
  const nodes = [
    ...Object.keys(sources).filter((kind) => flows.some((flow) => flow.from === kind)).map((kind) => ({ name: name('from', kind), title: sources[kind], itemStyle: { color: flowColours[kind] }, label: { position: 'right' } })),
    ...Object.keys(sinks).filter((kind) => flows.some((flow) => flow.to === kind)).map((kind) => ({ name: name('to', kind), title: sinks[kind], itemStyle: { color: ink }, label: { position: 'left' } })),
  ];
  const told = (flow) => `${sources[flow.from] ?? flow.from} to ${(sinks[flow.to] ?? flow.to).toLowerCase()}${flow.own ? ' of the same household or lot' : ''}`;
  const largest = [...flows].sort((a, b) => b.energy_kWhPerYear.mean - a.energy_kWhPerYear.mean);
  flowChart.clear();
  flowChart.setOption({
    ...base(`Energy of a network in a year from its sources to its uses. ${names.scenarios[scenarios.findIndex((each) => each.name === scenario.scenario)]}, ${modeName(mode.mode)}. ${largest.map((flow) => `${told(flow)} ${energy(flow.energy_kWhPerYear.mean)} MWh`).join('; ')}.`),
    tooltip: {
      ...tooltip,
      trigger: 'item',
      formatter: (item) =>
        item.dataType === 'edge'
          ? `${escape(told(item.data.flow))}<br>${interval(item.data.flow.energy_kWhPerYear, energy, 'MWh a year')}`
          : `${escape(item.data.title)}: <b>${energy(item.value)} MWh a year</b>`,
    },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: 8,
        top: 12,
        bottom: 12,
        nodeWidth: 14,
        nodeGap: 14,
        draggable: false,
        layoutIterations: 0,
        emphasis: { disabled: true },
        label: { ...inkLabel, fontSize: 12, lineHeight: 14, formatter: (item) => `${item.data.title}\n${energy(item.value)} MWh` },
        data: nodes,
        links: flows.map((flow) => ({
          source: name('from', flow.from),
          target: name('to', flow.to),
          value: flow.energy_kWhPerYear.mean,
          flow,
          lineStyle: { color: flow.own ? 'var(--own)' : flowColours[flow.from], opacity: flow.own ? 0.6 : 0.5, curveness: 0.5 },
        })),
      },
    ],
  });
};

// ---- gains by kind of household

const householdName = (kind, pv) => (names.archetypes[kind] ?? kind) + (pv ? ', with PV' : '');
const drawGains = (element, index) => {
  const kinds = sharing[index].findGains?.kinds ?? [];
  if (!kinds.length) {
    missing(element, 'This scenario lacks V2G or V-V2V.');
    return;
  }
  const all = sharing.flatMap((scenario) => scenario.findGains?.kinds ?? []).flatMap((kind) => [kind.gain_gbpPerYear, kind.afterTransfers_gbpPerYear]).flatMap((each) => [each.mean, each.lower, each.upper]);
  const scale = scaleOf(all);
  const labels = kinds.map((kind) => householdName(kind.kind, kind.pv));
  const money = (value) => number(value, Math.abs(value) < 9.95 ? 1 : 0);
  const chart = newChart(element);
  const series = [
    { name: 'Before transfers', of: (kind) => kind.gain_gbpPerYear, symbol: 'circle', offset: -5, style: { color: 'var(--smart)' } },
    { name: 'After transfers', of: (kind) => kind.afterTransfers_gbpPerYear, symbol: 'diamond', offset: 5, style: { color: 'var(--v-v2v)' } },
  ];
  const draw = () => {
    const width = Math.min(190, Math.max(110, chart.getWidth() * 0.36));
    chart.clear();
    chart.setOption({
      ...base(`Gain of a household by V-V2V against V2G in GBP a year. ${kinds.map((kind, k) => `${labels[k]}: ${money(kind.gain_gbpPerYear.mean)} before transfers, ${money(kind.afterTransfers_gbpPerYear.mean)} after`).join('; ')}.`),
      grid: { left: width, right: 18, top: 8, bottom: 46 },
      tooltip: { ...tooltip, trigger: 'item', formatter: (item) => `${escape(labels[item.value[1]])}<br>${escape(item.seriesName)}: ${interval(item.data.estimate, money, 'GBP a year')}` },
      xAxis: footAxis(scale, 'Gain of a household (GBP a year)'),
      yAxis: rowAxis(labels, width),
      series: [
        ...series.flatMap((each) => [
          whiskers(kinds.flatMap((kind, k) => (withInterval(each.of(kind)) ? [[k, each.of(kind).lower, each.of(kind).upper]] : [])), each.style, each.offset),
          {
            type: 'scatter',
            name: each.name,
            symbol: each.symbol,
            symbolSize: 10,
            symbolOffset: [0, each.offset],
            z: 4,
            data: kinds.flatMap((kind, k) => (each.of(kind).mean == null ? [] : [{ value: [each.of(kind).mean, k], estimate: each.of(kind), itemStyle: { ...each.style, borderColor: paper, borderWidth: 1 } }])),
            emphasis: { disabled: true },
          },
        ]),
        { type: 'line', data: [], markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: ink, type: 'solid', width: 1 }, data: [{ xAxis: 0 }] } },
      ],
    });
  };
  chart.afterResize = draw;
  draw();
};
