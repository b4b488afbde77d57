// The list of places as a map; marks that would touch are one mark with their sum. The list stays beside it.
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
  // as close as two marks may come; and the closest that one looks
  const gap = 4;
  const nearest = 18;
  const across = (n) => (n < 10 ? 28 : n < 100 ? 36 : 44);
  const touch = (one, other) => one.at.distanceTo(other.at) < (across(one.n) + across(other.n)) / 2 + gap;
  const both = (one, other) => ({
    heap: [...one.heap, ...other.heap], n: one.n + other.n,
    at: one.at.multiplyBy(one.heap.length).add(other.at.multiplyBy(other.heap.length)).divideBy(one.heap.length + other.heap.length),
  });

  // each place begins alone; two whose marks would touch become one, until none do
  const heaped = () => {
    const done = [];
    const left = places.map((place) => ({ heap: [place], n: place.n, at: map.project(place.at) }));
    while (left.length) {
      const one = left.pop();
      const near = done.findIndex((other) => touch(one, other));
      if (near < 0) done.push(one);
      else left.push(both(one, done.splice(near, 1)[0]));
    }
    return done;
  };

  const draw = () => {
    marks.clearLayers();
    for (const { heap, n, at: point } of heaped()) {
      const late = heap.some((p) => p.late > 0);
      const size = across(n);
      const words = heap.length === 1 ? `${heap[0].name} ${n} 件` : `${heap.length} 个小区 ${n} 件`;
      const mark = window.L.marker(map.unproject(point), {
        title: words + (late ? '，有超时的' : ''), alt: words, keyboard: true,
        icon: window.L.divIcon({ className: late ? 'spot spot-l' : 'spot', html: String(n), iconSize: [size, size] }),
      });
      mark.on('click', () => {
        if (heap.length === 1) window.location.href = heap[0].href;
        else map.fitBounds(window.L.latLngBounds(heap.map((p) => p.at)).pad(0.3), { maxZoom: nearest });
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
