// Small comforts. Every page works without this file.
(() => {
  'use strict';
  const csrf = document.querySelector('meta[name=csrf]')?.content;

  document.addEventListener('htmx:configRequest', (e) => {
    if (csrf) e.detail.headers['X-CSRF-TOKEN'] = csrf;
  });

  // a form that was refused opens at its first mistake
  const wrong = document.querySelectorAll('[aria-invalid=true]');
  const bad = wrong.length === 1 ? wrong[0] : document.querySelector('.err-sum') || wrong[0];
  if (bad) {
    if (bad.classList.contains('err-sum')) bad.setAttribute('tabindex', '-1');
    bad.focus();
  }

  // what was kept for places without a network names households and shows homes: it does not outlive the signing in
  const forget = () => Promise.all([
    'caches' in window && caches.delete('hemei-tablet-1'),
    new Promise((done) => { const gone = indexedDB.deleteDatabase('hemei-photos'); gone.onsuccess = gone.onerror = done; }),
  ]).catch(() => {});
  const leave = async (form) => {
    const left = Number(localStorage.getItem('hemei-photos'));
    if (left > 0 && !window.confirm(`这台平板上还有 ${left} 张检查照片没报上去，退出登录就没有了。要退出吗？`)) return;
    localStorage.removeItem('hemei-photos');
    await Promise.race([forget(), new Promise((done) => { setTimeout(done, 2000); })]);
    form.submit();
  };

  // a double tap sends once; the button stays focusable and says what goes on
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (form.getAttribute('action') === '/sign-out') { e.preventDefault(); leave(form); return; }
    if (e.defaultPrevented || form.method !== 'post' || form.hasAttribute('hx-post')) return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = '1';
    e.submitter?.setAttribute('aria-busy', 'true');
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener('pageshow', () =>
    document.querySelectorAll('form[data-sent]').forEach((f) => delete f.dataset.sent));

  // how much has been written
  document.querySelectorAll('textarea[data-count]').forEach((area) => {
    const out = document.getElementById(area.dataset.count);
    if (!out) return;
    const tell = () => { out.textContent = `${area.value.length} / ${area.maxLength} 字`; };
    area.addEventListener('input', tell);
    tell();
  });

  // choosing something may send its form: <select data-go>
  document.addEventListener('change', (e) => {
    if (e.target.matches('[data-go]')) e.target.form.requestSubmit();
  });

  // choosing many: all of the page by one box, and how many are chosen
  document.querySelectorAll('[data-pick-all]').forEach((all) => {
    const boxes = [...document.querySelectorAll(`input[form=${all.form.id}][name=pick]`)];
    const said = all.form.querySelector('[data-picked]');
    all.hidden = false;
    const tell = () => {
      const n = boxes.filter((box) => box.checked).length;
      said.textContent = n === 0 ? '选这一页全部' : `选了 ${n} 件`;
      all.checked = n === boxes.length;
      all.indeterminate = n > 0 && n < boxes.length;
    };
    all.addEventListener('change', () => { boxes.forEach((box) => { box.checked = all.checked; }); tell(); });
    boxes.forEach((box) => box.addEventListener('change', tell));
    window.addEventListener('pageshow', tell);
  });

  // the key / leads to the search box, from anywhere but a field
  document.addEventListener('keydown', (e) => {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, textarea, select, [contenteditable]')) return;
    const box = [...document.querySelectorAll('#find-q, [data-find]')].find((input) => input.offsetParent);
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });

  // a long menu shows where one is
  document.querySelectorAll('.side-list [aria-current]').forEach((a) => {
    const box = a.closest('.side-list');
    const below = a.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
    if (below > 0) box.scrollTop += below + 8;
  });

  // print, and menus that close when one looks elsewhere
  document.addEventListener('click', (e) => {
    const button = e.target.closest?.('[data-print]');
    if (button) { e.preventDefault(); window.print(); }
    document.querySelectorAll('details.drop[open]').forEach((d) => { if (!d.contains(e.target)) d.open = false; });
  });
  document.querySelectorAll('[data-print][hidden]').forEach((b) => { b.hidden = false; });

  // photos go up at once, and the form carries their ids
  document.querySelectorAll('[data-photos]').forEach((box) => {
    const input = box.querySelector('input[type=file]');
    const list = box.querySelector('.thumbs');
    const say = box.querySelector('[role=status]');
    const name = box.dataset.photos;
    const most = Number(box.dataset.most || 6);
    const field = input.name;
    input.closest('label').classList.add('js');
    const count = () => list.querySelectorAll('li').length;

    const add = (photo, src) => {
      const item = document.createElement('li');
      const image = Object.assign(document.createElement('img'), { src, alt: `照片 ${count() + 1}` });
      const id = Object.assign(document.createElement('input'), { type: 'hidden', name, value: photo, disabled: !photo });
      const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'thumb-x' });
      drop.setAttribute('aria-label', `去掉照片 ${count() + 1}`);
      drop.append(cross());
      item.append(image, id, drop);
      list.append(item);
      return item;
    };
    box.addPhoto = add;
    const cross = () => {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('class', 'i');
      svg.setAttribute('viewBox', '0 0 24 24');
      svg.setAttribute('aria-hidden', 'true');
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', 'M6 6l12 12M18 6 6 18');
      svg.append(path);
      return svg;
    };
    list.addEventListener('click', (e) => {
      const button = e.target.closest('.thumb-x');
      if (!button) return;
      e.preventDefault();
      button.closest('li').remove();
      say.textContent = `去掉了，还有 ${count()} 张`;
    });
    input.addEventListener('change', async () => {
      const files = [...input.files].slice(0, most - count());
      const left = input.files.length - files.length;
      input.disabled = true;
      let failed = '';
      for (const [n, file] of files.entries()) {
        say.textContent = `正在传第 ${n + 1} 张，共 ${files.length} 张`;
        if (box.takePhoto) { failed = await box.takePhoto(file) || failed; continue; } // a page that keeps them itself
        const body = new FormData();
        body.append('file', file);
        body.append('district', box.dataset.district);
        try {
          const answer = await fetch('/attachments', {
            method: 'POST', body, headers: { Accept: 'application/json', ...(csrf ? { 'X-CSRF-TOKEN': csrf } : {}) },
          });
          const told = await answer.json();
          if (!answer.ok) throw new Error(told.detail || '这张传不上去，换一张试试。');
          add(told.id, told.thumb);
        } catch (problem) {
          failed = problem instanceof SyntaxError || problem instanceof TypeError ? '网络断了，请再选一次。' : problem.message;
        }
      }
      input.value = '';
      input.disabled = false;
      input.name = field;
      say.textContent = failed || (left > 0 ? `最多 ${most} 张，多的 ${left} 张没有传` : `传好了，共 ${count()} 张`);
    });
  });
})();

/* Where an assessor is, only when they ask for it: into two hidden fields of their form. */
(() => {
  const button = document.querySelector('[data-spot]');
  if (!button || !navigator.geolocation) return;
  const say = document.querySelector('[data-spot-said]');
  const field = (name) => button.form.elements.namedItem(name);
  button.hidden = false;
  button.addEventListener('click', () => {
    say.textContent = '正在找位置';
    navigator.geolocation.getCurrentPosition((found) => {
      field('longitude').value = found.coords.longitude.toFixed(6);
      field('latitude').value = found.coords.latitude.toFixed(6);
      say.textContent = '附上了';
    }, () => { say.textContent = '没有找到位置，不附也可以报。'; }, { timeout: 15000 });
  });
})();
