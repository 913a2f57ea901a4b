// Curves over time: the substation's week, the lines' typical day, charging on arrival.

const curveStyles = {
  week: { color: 'var(--faint)', type: [4, 3], width: 1 },
  mean: { color: 'var(--smart)', type: 'solid', width: 2.5 },
  maximum: { color: 'var(--alarm)', type: 'solid', width: 1.8 },
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
    missing(element, 'No week was kept for this scenario: it takes seven days a season.');
    return;
  }
  const days = Math.ceil(modes[0].weekSubstation_kW.length / daySteps);
  const chart = newChart(element);
  const description = `Substation power over a week in kW, a curve for each charging mode. ${title}. Peaks: ${modes.map((mode) => `${modeName(mode.mode)} ${power(most(mode.weekSubstation_kW))} kW`).join(', ')}.`;
  const series = modes.map((mode) => curve(modeName(mode.mode), mode.weekSubstation_kW, 1 / daySteps, modeStyle(mode.mode)));
  if (shared.capacity) {
    series[0].markLine = {
      silent: true,
      symbol: 'none',
      lineStyle: { color: ink, type: 'solid', width: 1 },
      label: { ...inkLabel, position: 'insideEndBottom', formatter: `Substation's capacity ${number(shared.capacity, 0)} kVA` },
      data: [{ yAxis: shared.capacity }],
    };
  }
  chart.setOption({
    ...base(description),
    tooltip: axisTooltip(weekTime(daySteps), power, 'kW'),
    xAxis: weekAxis(days),
    yAxis: valueAxis(shared.scale, 'Active power (kW)'),
    series,
  });
};

// ---- the lines over a typical day

const dayCharts = [];
const drawDay = (index) => {
  const panels = byId('day-panels');
  for (const chart of dayCharts.splice(0)) {
    chart.observer.disconnect();
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
    const description = `Mean line power by level over a typical day in kW. ${names.scenarios[index]}, ${modeName(mode.mode)}. Highest: ${levels.map((level, l) => `level ${l + 1} ${power(most(level))} kW`).join(', ')}.`;
    dayCharts.push(chart);
    chart.setOption({
      ...base(description),
      tooltip: axisTooltip(dayTime(daySteps), power, 'kW'),
      xAxis: dayAxis(),
      yAxis: valueAxis(scale, 'Mean line power (kW)'),
      series: levels.flatMap((level, l) =>
        level.length ? [curve(names.levels[l] ?? `Level ${l + 1}`, level, 24 / level.length, levelStyles[l] ?? levelStyles[2])] : []),
    });
  }
};

// ---- charging on arrival

const drawCharging = (element, curves, scale) => {
  const perDay = curves.mean_kW.length / 7;
  const title = names.archetypes[curves.archetype];
  const chart = newChart(element);
  const description = `Charging power over a week in kW a household: ${curves.weeks.length} weeks, their mean and their highest. ${title}. Peak ${number(curves.peak_kW, 2)} kW.`;
  const peakStep = curves.maximum_kW.indexOf(most(curves.maximum_kW));
  const highest = curve('Highest of the weeks', curves.maximum_kW, 1 / perDay, curveStyles.maximum);
  const at = (peakStep + 0.5) / perDay;
  highest.markPoint = {
    silent: true,
    symbol: 'circle',
    symbolSize: 7,
    itemStyle: { color: curveStyles.maximum.color },
    label: { ...inkLabel, position: at < 1.3 ? 'right' : at > 5.7 ? 'left' : 'top', distance: 6, fontWeight: 'bold', formatter: `peak ${number(curves.peak_kW, 2)} kW` },
    data: [{ coord: [at, curves.peak_kW] }],
  };
  const mean = curve('Mean of the weeks', curves.mean_kW, 1 / perDay, curveStyles.mean);
  mean.z = 3;
  chart.setOption({
    ...base(description),
    tooltip: axisTooltip(weekTime(perDay), (value) => number(value, 2), 'kW'),
    xAxis: weekAxis(7),
    yAxis: valueAxis(scale, 'Power a household (kW)'),
    series: [
      ...curves.weeks.map((week) => ({ ...curve('week', week, 1 / perDay, curveStyles.week), silent: true, tooltip: { show: false } })),
      highest,
      mean,
    ],
  });
};

// ---- what stored energy covers, by the time of day

const drawAvailability = (element, archetype) => {
  const rows = data.cars.availability.filter((row) => row.archetype === archetype && row.scenario === scenarios[0].name);
  const shares = (row) => row.uncoveredShareByStep.map((share) => (share == null ? null : share * 100));
  const scale = scaleOf(data.cars.availability.flatMap(shares));
  const chart = newChart(element);
  chart.setOption({
    ...base(`Share of unexpected trips that the energy stored in plugged-in cars would not cover, by the time of day, in percent. ${names.archetypes[archetype] ?? archetype}, ${names.scenarios[0]}. Over the day: ${rows.map((row) => `${modeName(row.mode)} ${percent(row.uncoveredShare.mean)}`).join(', ')}.`),
    tooltip: axisTooltip(dayTime(daySteps), (value) => number(value, 1), '%'),
    xAxis: dayAxis(),
    yAxis: valueAxis(scale, 'Not covered (%)'),
    series: rows.map((row) => curve(modeName(row.mode), shares(row), 24 / row.uncoveredShareByStep.length, modeStyle(row.mode))),
  });
};
