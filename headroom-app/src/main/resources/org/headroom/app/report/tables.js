// The numbers behind every picture: as CSV to download, and as a table on the page.

const estimateColumns = (name) => [name, `${name}_lower`, `${name}_upper`];
const estimateCells = (estimate) => [estimate.mean, estimate.lower, estimate.upper];
const byScenarioAndMode = (rows) => scenarios.flatMap((scenario) => scenario.modes.flatMap((mode) => rows(mode).map((row) => [scenario.name, mode.mode, ...row])));

/** Rows of records that hold texts and numbers alone, below the names of their fields. */
const records = (list) => [Object.keys(list[0] ?? {}), ...list.map(Object.values)];

/** Kind to { rows, name of the file's end }; rows begin with the heads of the columns. */
const tables = {
  modes: () => [
    ['scenario', 'mode', ...['peak_kW', 'peakToAverage', 'presentValue_gbpPerYear', 'energyCost_gbpPerYear', 'peak_kVA', 'degradation_gbpPerYear', 'lowestVoltage_pu', 'lowestAcVoltage_pu', 'acVoltageError_pu', 'losses_kWhPerYear', 'curtailed_kWhPerYear'].flatMap(estimateColumns), 'expansions', 'violations'],
    ...byScenarioAndMode((mode) => [
      [
        ...[mode.peak_kW, mode.peakToAverage, mode.presentValue_gbpPerYear, mode.energyCost_gbpPerYear, mode.peak_kVA, mode.degradation_gbpPerYear, mode.lowestVoltage_pu, mode.lowestAcVoltage_pu, mode.acVoltageError_pu, mode.losses_kWhPerYear, mode.curtailed_kWhPerYear].flatMap(estimateCells),
        mode.expansions,
        mode.violations,
      ],
    ]),
  ],
  differences: () => [
    ['scenario', 'mode', 'against', 'metric', ...estimateColumns('relativeDifference')],
    ...scenarios.flatMap((scenario) => scenario.differences.map((each) => [scenario.name, each.mode, each.against, each.metric, ...estimateCells(each.relative)])),
  ],
  networks: () => [
    ['scenario', 'mode', 'network', ...Object.keys(spreadFigures)],
    ...byScenarioAndMode((mode) => mode.networks.map((each) => [each.network, ...Object.values(spreadFigures).map((figure) => figure.of(each))])),
  ],
  quantiles: () => records(data.ensemble.quantiles),
  variance: () => records(data.ensemble.variance),
  candidates: () => {
    const { drawn, accepted, gates } = data.ensemble.findCandidates;
    return [['outcome', 'candidates'], ['drawn', drawn], ['accepted', accepted], ...gates.map((each) => [`refused by ${each.gate}`, each.refused])];
  },
  failures: () => records(data.ensemble.failures),
  lines: () => [
    ['scenario', 'mode', 'level', ...estimateColumns('linePeak_kW')],
    ...byScenarioAndMode((mode) => mode.linePeakByLevel_kW.map((level, l) => [l + 1, ...estimateCells(level)])),
  ],
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
    ...byScenarioAndMode((mode) => mode.dayLineFlowByLevel_kW.flatMap((level, l) => level.map((value, step) => [l + 1, step, value]))),
  ],
  charging: (index) => [
    ['week', 'step', 'mean_kW'],
    ...chargingCurves[index].weeks.flatMap((week, w) => week.map((value, step) => [w, step, value])),
  ],
  map: () => [
    ['scenario', 'mode', 'line', 'from', 'to', 'level', 'type', 'length_m', 'capacity_kVA', 'loading'],
    ...byScenarioAndMode((mode) => [
      ['substation', '', network.nodes[0].id, '', '', '', network.substationCapacity_kVA, mode.substationLoading],
      ...network.lines.map((line, l) => [line.id, network.nodes[line.from].id, network.nodes[line.to].id, line.level, line.type, line.length_m, line.capacity_kVA, mode.lineLoading[l]]),
    ]),
  ],
  hours: () => [
    ['scenario', 'day', 'mode', 'what', 'id', 'step', 'loading', 'voltage_pu'],
    ...scenarios.flatMap((scenario, s) =>
      (hourDays[s]?.modes ?? []).flatMap((mode) => {
        const rows = (what, id, values, voltage) => values.map((value, step) => [scenario.name, hourDays[s].day, mode.mode, what, id, step, voltage ? null : value, voltage ? value : null]);
        return [
          ...rows('substation', network.nodes[0].id, mode.substationLoading, false),
          ...mode.lineLoading.flatMap((line, l) => rows('line', network.lines[l].id, line, false)),
          ...mode.voltage_pu.flatMap((node, n) => rows('node', network.nodes[n].id, node, true)),
        ];
      })),
  ],
  flows: () => [
    ['scenario', 'mode', 'from', 'to', 'own', ...estimateColumns('energy_kWhPerYear')],
    ...sharing.flatMap((scenario) => scenario.modes.flatMap((mode) => mode.flows.map((flow) => [scenario.scenario, mode.mode, flow.from, flow.to, flow.own, ...estimateCells(flow.energy_kWhPerYear)]))),
  ],
  bills: () => [
    ['scenario', 'mode', 'kind', 'pv', 'householdsPerNetwork', ...estimateColumns('energy_gbpPerYear'), ...estimateColumns('wear_gbpPerYear')],
    ...sharing.flatMap((scenario) => scenario.bills.map((bill) => [scenario.scenario, bill.mode, bill.kind, bill.pv, bill.householdsPerNetwork, ...estimateCells(bill.energy_gbpPerYear), ...estimateCells(bill.wear_gbpPerYear)])),
  ],
  gains: () => [
    ['scenario', 'kind', 'pv', 'payers', 'gaining', 'losing', ...estimateColumns('gain_gbpPerYear'), ...estimateColumns('afterTransfers_gbpPerYear')],
    ...sharing.flatMap((scenario) => (scenario.findGains?.kinds ?? []).map((kind) => [scenario.scenario, kind.kind, kind.pv, kind.payers, kind.gaining, kind.losing, ...estimateCells(kind.gain_gbpPerYear), ...estimateCells(kind.afterTransfers_gbpPerYear)])),
  ],
  parts: () => [
    ['scenario', 'metric', 'part', ...estimateColumns('gain'), ...estimateColumns('share')],
    ...sharing.flatMap((scenario) => scenario.decomposition.map((part) => [scenario.scenario, part.metric, part.part, ...estimateCells(part.gain), ...estimateCells(part.share)])),
  ],
  ties: () => [
    ['scenario', 'mode', ...['lowest_kVA', 'chosen_kVA', 'highest_kVA'].flatMap(estimateColumns)],
    ...sharing.flatMap((scenario) => scenario.peakRanges.map((range) => [scenario.scenario, range.mode, ...['lowest_kVA', 'chosen_kVA', 'highest_kVA'].flatMap((which) => estimateCells(range[which]))])),
  ],
  availability: () => [
    ['scenario', 'mode', 'archetype', 'step', 'cars', 'uncoveredShare', 'stored_kWh'],
    ...data.cars.availability.flatMap((row) => row.cars.map((cars, step) => [row.scenario, row.mode, row.archetype, step, cars, row.uncoveredShareByStep[step], row.stored_kWh[step]])),
  ],
  chargers: () => [
    ['scenario', 'mode', 'place', ...estimateColumns('charged_kWhPerYear'), ...estimateColumns('discharged_kWhPerYear')],
    ...data.cars.energy.map((row) => [row.scenario, row.mode, row.place, ...estimateCells(row.charged_kWhPerYear), ...estimateCells(row.discharged_kWhPerYear)]),
  ],
  parking: () => records(data.cars.findPublicParking.lots),
  levels: () => records(network.levels),
};
const csvField = (value) => {
  const text = value == null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const fileEnding = (kind, index) => (kind === 'week' ? '-' + scenarios[index].name : kind === 'charging' ? '-' + chargingCurves[index].archetype : '');
const download = (kind, index) => {
  const link = document.createElement('a');
  link.download = `${data.name}-${kind}${fileEnding(kind, index)}`.replace(/[^\p{L}\p{N}_-]+/gu, '-') + '.csv';
  link.href = URL.createObjectURL(new Blob([tables[kind](index).map((row) => row.map(csvField).join(',') + '\n').join('')], { type: 'text/csv' }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const mostRows = 400;
/** Opens or closes the table of a picture's numbers, right below the picture. */
const showNumbers = (button, kind, index) => {
  const open = button.getAttribute('aria-expanded') === 'true';
  const holder = button.closest('figure, section');
  holder.querySelector(`.shown-numbers[data-of="${kind}"]`)?.remove();
  button.setAttribute('aria-expanded', String(!open));
  if (open) return;
  const [heads, ...rows] = tables[kind](index);
  const region = document.createElement('div');
  region.className = 'wide shown-numbers';
  region.dataset.of = kind;
  region.tabIndex = 0;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', button.getAttribute('aria-label'));
  const left = rows.length - mostRows;
  region.innerHTML =
    `<table class="numbers"><thead><tr>${heads.map((head) => `<th scope="col">${escape(head)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.slice(0, mostRows).map((row) => `<tr>${row.map((value) => `<td${typeof value === 'string' ? ' class="text"' : ''}>${escape(value == null ? '' : String(value))}</td>`).join('')}</tr>`).join('')}</tbody></table>` +
    (left > 0 ? `<p>${number(left, 0)} more rows are in the CSV.</p>` : '');
  holder.append(region);
};
