// The page: draws everything once, and answers the reader.

const modes = [...new Set(scenarios.flatMap((scenario) => scenario.modes.map((mode) => mode.mode)))];
const sign = (shape) => `<svg width="14" height="12" aria-hidden="true">${shape}</svg>`;
const signShapes = {
  circle: '<circle cx="7" cy="6" r="5"/>',
  rect: '<rect x="2" y="1" width="10" height="10"/>',
  triangle: '<path d="M7 1 12.5 11h-11z"/>',
  diamond: '<path d="M7 0 13 6 7 12 1 6z"/>',
};
key('modes', modes.map((mode) => [modeName(mode), modeStyle(mode)]));
key('levels', names.levels.map((level, l) => [level, levelStyles[l]]));
key('curves', [['One week', curveStyles.week], ['Mean of the weeks', curveStyles.mean], ['Highest of the weeks', curveStyles.maximum]]);
key('scenarios', scenarios.map((scenario, s) => [`Scenario ${scenario.name}`, sign(signShapes[scenarioSymbol(s)])]));
key('spread', [['From quartile to quartile, with the median', sign('<rect x="1" y="1" width="12" height="10" fill="var(--tint)" stroke="var(--quiet)"/><path d="M6 1v10" stroke="var(--quiet)" stroke-width="2"/>')], ['One network', sign('<circle cx="7" cy="6" r="3" opacity=".5"/>')], ['Mean with its 95 % interval', sign(signShapes.diamond)]]);

const drawAll = (kind, draw) => {
  for (const element of document.querySelectorAll(`[data-chart=${kind}]`)) {
    draw(element, element.dataset.index);
  }
};
const sharedWeek = weekScale();
drawAll('differences', drawDifferences);
drawAll('spread', drawSpread);
drawAll('week', (element, index) => drawWeek(element, scenarios[index], names.scenarios[index], sharedWeek));
const chargingScale = scaleOf(chargingCurves.map((curves) => curves.peak_kW * 1.15));
drawAll('charging', (element, index) => drawCharging(element, chargingCurves[index], chargingScale));
if (scenarios.length) {
  drawDay(0);
  fillMapModes();
  startHour();
  fillMapDay();
  mapChart = newChart(byId('map'));
  mapChart.afterResize = drawMap;
  drawMap();
}
if (byId('flows')) {
  key('flows', [['Within a household or lot', { color: 'var(--own)', width: 8, type: 'solid' }], ...Object.keys(sources).filter((kind) => sharing.some((scenario) => scenario.modes.some((mode) => mode.flows.some((flow) => flow.from === kind && !flow.own)))).map((kind) => [`Shared or traded: ${sources[kind]}`, { color: flowColours[kind], width: 8, type: 'solid' }])]);
  key('gains', [['Before transfers', sign('<circle cx="7" cy="6" r="5" fill="var(--smart)"/>')], ['After transfers, which make good whoever loses', sign('<path d="M7 0 13 6 7 12 1 6z" fill="var(--v-v2v)"/>')]]);
  fillSharingModes();
  flowChart = newChart(byId('flows'));
  drawFlows();
  drawAll('gains', drawGains);
}
const choose = ({ target }) => {
  if (target.id === 'sharing-scenario') fillSharingModes();
  if (target.dataset.choose === 'sharing') drawFlows();
  if (target.dataset.choose === 'day') drawDay(Number(target.value));
  if (target.id === 'map-scenario') fillMapModes();
  if (target.dataset.choose === 'map') {
    fillMapDay();
    drawMap();
  }
};
document.addEventListener('change', (event) => event.target.matches('select') && choose(event));
document.addEventListener('input', (event) => event.target.matches('[type=range]') && choose(event)); // while it is drawn, too
document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.csv) download(button.dataset.csv, button.dataset.index ?? 0);
  if (button?.dataset.numbers) showNumbers(button, button.dataset.numbers, button.dataset.index ?? 0);
  if (button?.dataset.zoom) zoomBy(button.dataset.zoom);
});

// A chart keeps its drawing and shrinks with the paper.
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
