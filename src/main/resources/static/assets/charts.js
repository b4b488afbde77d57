// Drawings become touchable: the figures come from the table beside each drawing, which stays. Without this file, or where it
// fails, the drawing from the server stands as it is.
(() => {
  'use strict';
  const full = document.querySelector('[data-full]');
  if (full && document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  }
  if (!window.echarts) return;
  const ink = '#5D6771';
  const looks = [
    { color: '#27567F', type: 'solid', symbol: 'circle' },
    { color: '#1E6847', type: [7, 4], symbol: 'rect' },
    { color: '#7D4B00', type: [2, 4], symbol: 'triangle' },
  ];

  // lines by month: <div data-lines="names"> with rows <tr data-label data-values>; bars by day: <div data-bars="names">
  const read = (box) => [...box.querySelectorAll('tr[data-values]')].map((row) => ({
    label: row.dataset.label, values: row.dataset.values.split(',').map((v) => (v === '' ? null : Number(v))),
  }));

  const option = (box, bars) => {
    const rows = read(box);
    const names = (bars ? box.dataset.bars : box.dataset.lines).split(',');
    const all = rows.flatMap((r) => r.values).filter((v) => v !== null);
    const least = Math.min(...all);
    const floor = bars ? 0 : least >= 80 ? 80 : least >= 60 ? 60 : least >= 40 ? 40 : 0;
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: false },
      grid: { left: 40, right: bars ? 16 : 84, top: 28, bottom: 28 },
      tooltip: {
        trigger: 'axis', renderMode: 'richText', confine: true,
        backgroundColor: '#fff', borderColor: '#868D95', textStyle: { color: '#1B2530', fontSize: 13 },
        formatter: (at) => [at[0].name, ...at.map((p) => `${p.seriesName} ${p.value === null || p.value === undefined ? '—' : p.value + (bars ? ' 件' : '%')}`)].join('\n'),
      },
      xAxis: { type: 'category', data: rows.map((r) => r.label), axisTick: { show: false }, axisLine: { lineStyle: { color: '#D0CDC5' } }, axisLabel: { color: ink, fontSize: 12 } },
      yAxis: { type: 'value', min: floor, max: bars ? null : 100, minInterval: 1, axisLabel: { color: ink, fontSize: 12 }, splitLine: { lineStyle: { color: '#E4E2DC' } } },
      legend: bars ? { right: 8, top: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: ink } } : undefined,
      series: names.map((name, i) => (bars
        ? { name, type: 'bar', data: rows.map((r) => r.values[i]), itemStyle: { color: i ? '#1E6847' : '#7FA3BF' }, barGap: '10%' }
        : { name, type: 'line', connectNulls: false, data: rows.map((r) => r.values[i]), symbol: looks[i].symbol, symbolSize: 7, showAllSymbol: true,
          lineStyle: { color: looks[i].color, type: looks[i].type, width: 2.5 }, itemStyle: { color: looks[i].color },
          endLabel: { show: true, color: looks[i].color, fontWeight: 700, fontSize: 13, formatter: (p) => `${name} ${p.value}` },
        })),
    };
  };

  // names at the ends of lines that end close together stand apart, a line of text at least
  const apart = (place, chart, box) => {
    if ('bars' in box.dataset) return;
    const { yAxis, series } = option(box, false);
    const scale = (place.clientHeight - 56) / (100 - yAxis.min);
    const ends = series.map((s, i) => ({ i, y: (100 - (s.data.at(-1) ?? yAxis.min)) * scale })).sort((a, b) => a.y - b.y);
    let free = -Infinity;
    const moves = [];
    ends.forEach(({ i, y }) => { const at = Math.max(y, free); moves[i] = at - y; free = at + 17; });
    chart.setOption({ series: moves.map((move) => ({ endLabel: { offset: [0, move] } })) });
  };

  document.querySelectorAll('[data-lines], [data-bars]').forEach((box) => {
    const svg = box.querySelector('svg.chart');
    if (!svg || read(box).length < 2) return;
    const place = document.createElement('div');
    place.className = 'echart noprint';
    place.setAttribute('aria-hidden', 'true');
    svg.before(place);
    try {
      const chart = window.echarts.init(place, null, { renderer: 'canvas' });
      chart.setOption(option(box, 'bars' in box.dataset));
      svg.classList.add('chart-p');
      apart(place, chart, box);
      new ResizeObserver(() => { chart.resize(); apart(place, chart, box); }).observe(place);
    } catch (failed) {
      place.remove();
    }
  });
})();
