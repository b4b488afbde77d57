// The list of places as a map; marks that lie close together are one mark with their sum. The list stays beside it.
(() => {
  'use strict';
  const box = document.querySelector('[data-map]');
  const places = [...document.querySelectorAll('[data-lon]')].filter((p) => p.dataset.lon).map((p) => ({
    at: [Number(p.dataset.lat), Number(p.dataset.lon)], n: Number(p.dataset.n), late: Number(p.dataset.late),
    name: p.querySelector('span').textContent, href: p.querySelector('a').href,
  }));
  if (!box || !places.length || !window.L) return;
  box.hidden = false;
  const map = window.L.map(box, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false });
  map.attributionControl.setPrefix(false);
  if (box.dataset.tiles) window.L.tileLayer(box.dataset.tiles, { maxZoom: 18 }).addTo(map);
  const marks = window.L.layerGroup().addTo(map);
  const cell = 56;

  const draw = () => {
    marks.clearLayers();
    const heaps = new Map();
    for (const place of places) {
      const point = map.project(place.at).divideBy(cell).floor();
      const key = `${point.x}/${point.y}`;
      heaps.set(key, [...(heaps.get(key) || []), place]);
    }
    for (const heap of heaps.values()) {
      const n = heap.reduce((sum, p) => sum + p.n, 0);
      const late = heap.some((p) => p.late > 0);
      const at = [0, 1].map((i) => heap.reduce((sum, p) => sum + p.at[i], 0) / heap.length);
      const size = n < 10 ? 28 : n < 100 ? 36 : 44;
      const words = heap.length === 1 ? `${heap[0].name} ${n} 件` : `${heap.length} 个小区 ${n} 件`;
      const mark = window.L.marker(at, {
        title: words + (late ? '，有超时的' : ''), alt: words, keyboard: true,
        icon: window.L.divIcon({ className: late ? 'spot spot-l' : 'spot', html: String(n), iconSize: [size, size] }),
      });
      mark.on('click', () => {
        if (heap.length === 1) window.location.href = heap[0].href;
        else map.fitBounds(window.L.latLngBounds(heap.map((p) => p.at)).pad(0.3));
      });
      marks.addLayer(mark);
    }
  };
  const all = () => map.fitBounds(window.L.latLngBounds(places.map((p) => p.at)).pad(0.15), { maxZoom: 15, animate: false });
  all();
  map.on('zoomend', draw);
  draw();

  // on paper it is as wide as the page is, with everything on it; afterwards as it was
  let seen;
  window.addEventListener('beforeprint', () => {
    seen ??= { at: map.getCenter(), zoom: map.getZoom() };
    box.classList.add('printed');
    map.invalidateSize({ pan: false });
    all();
  });
  window.addEventListener('afterprint', () => {
    box.classList.remove('printed');
    map.invalidateSize({ pan: false });
    if (seen) map.setView(seen.at, seen.zoom, { animate: false });
    seen = undefined;
  });
})();
