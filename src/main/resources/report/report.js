'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const MINUTE = 60000;
  const LEVELS = ['critical', 'high', 'medium', 'low', 'informational'];
  const SHOWN_LINES = 6;
  const LIGHT = ['#0b5cad', '#b04a00', '#0b7a5b', '#7a3fb5', '#8a6a00', '#b3256b', '#3f6fd1', '#55606e'];
  const DARK = ['#7db8f5', '#ffa05c', '#5fd0a8', '#c49bf2', '#e5c04d', '#ff8ab8', '#9db4ff', '#a9b4c1'];
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const $ = id => document.getElementById(id);

  // Text of logs goes into the page as text only, and what would move the cursor or turn the reading direction is shown.
  const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const visible = text => String(text).replace(CONTROL, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

  function element(tag, properties, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name === 'class') made.className = value;
      else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
      else if (name === 'style') Object.entries(value).forEach(([key, text]) => made.style.setProperty(key, text));
      else made.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined) made.append(child instanceof Node ? child : visible(child));
    }
    return made;
  }

  // Times: all UTC, as short as the span allows.
  const two = n => String(n).padStart(2, '0');
  const day = t => new Date(t).toISOString().slice(0, 10);
  const clock = t => new Date(t).toISOString().slice(11, 19);
  const stamp = t => day(t) + ' ' + clock(t);
  const between = (from, to) => from === to ? stamp(from) : stamp(from) + ' – ' + (day(from) === day(to) ? clock(to) : stamp(to));
  function span(millis) {
    const s = Math.round(millis / 1000);
    if (s < 60) return s + ' s';
    if (s < 3600) return Math.floor(s / 60) + ' min' + (s % 60 ? ' ' + s % 60 + ' s' : '');
    if (s < 172800) return Math.floor(s / 3600) + ' h' + (Math.floor(s / 60) % 60 ? ' ' + Math.floor(s / 60) % 60 + ' min' : '');
    return Math.floor(s / 86400) + ' d ' + Math.floor(s / 3600) % 24 + ' h';
  }
  const count = n => n.toLocaleString('en-US');
  const plural = (n, noun) => count(n) + ' ' + noun + (n === 1 ? '' : 's');

  const incidents = data.incidents;
  const starts = [data.from, ...incidents.map(i => i.from)].filter(t => t !== null);
  const ends = [data.to, ...incidents.map(i => i.to)].filter(t => t !== null);
  const hasTime = starts.length > 0 && ends.length > 0;
  const whole = hasTime ? { from: Math.min(...starts), to: Math.max(...ends) } : { from: 0, to: MINUTE };
  if (whole.to - whole.from < MINUTE) whole.to = whole.from + MINUTE;
  let range = whole;
  let chosen = -1;
  const charts = [];

  function header() {
    const t = data.totals;
    $('span').textContent = hasTime
      ? between(whole.from, whole.to) + ' UTC · ' + span(whole.to - whole.from)
      : 'No event with a time was read.';
    const entries = [
      ['incidents', incidents.length, incidents.some(i => i.severity === 'critical')],
      ['alerts', t.alerts], ['events', t.events], ['lines', t.lines], ['files', t.files], ['rejected', t.rejected],
    ];
    $('totals').append(...entries.map(([name, value, bad]) =>
      element('div', { class: bad ? 'bad' : '' }, element('dt', {}, name), element('dd', {}, count(value)))));
  }

  // A round step that gives a handful of labels in the width there is.
  function ticks(width) {
    const steps = [1, 2, 5, 10, 15, 30].map(s => s * 1000)
      .concat([1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200].map(m => m * MINUTE));
    const most = Math.max(2, Math.floor(width / 110));
    const length = range.to - range.from;
    const step = steps.find(s => length / s <= most) || steps[steps.length - 1] * Math.ceil(length / most / steps[steps.length - 1]);
    const times = [];
    for (let t = Math.ceil(range.from / step) * step; t <= range.to; t += step) times.push(t);
    return { step, times };
  }

  function label(t, step) {
    if (step >= 1440 * MINUTE) return day(t);
    const time = step < MINUTE ? clock(t) : clock(t).slice(0, 5);
    return range.to - range.from > 1440 * MINUTE && t % (1440 * MINUTE) === 0 ? day(t).slice(5) : time;
  }

  function lanes() {
    const box = $('lanes');
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.incident : undefined;
    const hadFocus = box.contains(document.activeElement);
    const phone = matchMedia('(max-width: 40rem)').matches;
    const width = Math.max(100, box.clientWidth - (phone ? 0 : 104));
    const height = phone ? 34 : 26;
    const x = t => (t - range.from) / (range.to - range.from) * width;
    const { step, times } = ticks(width);
    const rows = LEVELS.filter(level => incidents.some(i => i.severity === level)).map(level => {
      const free = [];
      const bars = incidents.map((incident, index) => ({ incident, index }))
        .filter(bar => bar.incident.severity === level)
        .sort((a, b) => a.incident.from - b.incident.from)
        .map(({ incident, index }) => {
          const left = Math.max(-20, x(incident.from));
          const wide = Math.max(10, Math.min(width + 20, x(incident.to)) - left);
          if (left > width || left + wide < 0) return null;
          let row = free.findIndex(end => end <= left);
          if (row < 0) row = free.length;
          free[row] = left + wide + 3;
          const shown = Math.min(Math.max(0, left), width - 10);
          return element('button', {
            type: 'button', class: wide < 56 ? 'narrow' : '', 'data-incident': index, title: visible(incident.title),
            'aria-pressed': String(index === chosen),
            'aria-label': visible(level + ': ' + incident.title + ', ' + between(incident.from, incident.to) + ' UTC'),
            style: { left: shown + 'px', width: Math.min(wide - (shown - left), width - shown) + 'px', top: 2 + row * height + 'px' },
            onclick: () => choose(index, true),
          }, incident.title);
        });
      const number = incidents.filter(i => i.severity === level).length;
      const grid = times.length > 1 ? x(times[1]) - x(times[0]) : width;
      return element('div', { class: 'lane', style: { '--c': 'var(--' + level + ')' } },
        element('span', {}, level + ' ', element('small', {}, count(number))),
        element('div', {
          class: 'track',
          style: {
            height: Math.max(1, free.length) * height + 2 + 'px',
            'background-size': grid + 'px 100%', 'background-position-x': (times.length ? x(times[0]) : 0) + 'px',
          },
        }, bars.filter(Boolean)));
    });
    const axis = element('div', { class: 'lane axis', 'aria-hidden': 'true' }, element('span'),
      element('div', { class: 'track' }, times.map(t => element('time', {
        class: x(t) < 30 ? 'first' : x(t) > width - 30 ? 'last' : '', style: { left: x(t) + 'px' },
      }, label(t, step)))));
    box.replaceChildren(...rows, axis);
    if (hadFocus && focused !== undefined) {
      const again = box.querySelector('[data-incident="' + focused + '"]');
      if (again) again.focus({ preventScroll: true });
    }
  }

  // Showing one incident: the time around it everywhere, its bar and its text marked.
  function choose(index, scroll) {
    chosen = index === chosen ? -1 : index;
    if (chosen < 0) {
      range = whole;
    } else {
      const { from, to } = incidents[chosen];
      const around = Math.max((to - from) * 0.6, 4 * MINUTE);
      range = { from: Math.max(whole.from, from - around), to: Math.min(whole.to, to + around) };
    }
    $('range').textContent = chosen < 0 ? '' : between(range.from, range.to) + ' UTC';
    $('reset').hidden = chosen < 0;
    document.querySelectorAll('.incident').forEach((card, i) => {
      card.classList.toggle('chosen', i === chosen);
      card.querySelector('h3 button').setAttribute('aria-pressed', String(i === chosen));
    });
    lanes();
    showGroups();
    charts.forEach(draw);
    if (scroll && chosen >= 0) {
      document.querySelectorAll('.incident')[chosen].scrollIntoView({ block: 'start', behavior: still.matches ? 'auto' : 'smooth' });
    }
  }

  // The charts of what the chosen incident is about; all of them where it is about none or nothing is chosen.
  function showGroups() {
    const concerned = group => chosen < 0 || data.charts.some(chart => chart.group === group && chart.incidents.includes(chosen));
    const groups = [...document.querySelectorAll('.group')];
    const any = groups.some(box => concerned(box.dataset.group));
    groups.forEach(box => { box.hidden = any && !concerned(box.dataset.group); });
    $('measures').scrollTop = 0;
    charts.forEach(({ instance }) => { if (instance.getDom().offsetParent) instance.resize(); });
  }

  const names = { cluster: 'cluster', node: 'node', gpu: 'GPU', job: 'job', run: 'run', rank: 'rank', service: 'service', model: 'model', replica: 'replica' };
  const entityText = entity => Object.entries(entity).map(([part, name]) => (names[part] || part) + ' ' + name).join(' · ');

  function causeBox(cause) {
    const percent = Math.round(cause.confidence * 100);
    const known = cause.verdict !== 'unknown';
    const heads = { confirmed: 'Cause', likely: 'Likely cause', unknown: 'Cause unknown' };
    return element('div', { class: 'cause' },
      element('p', { class: 'what' }, heads[cause.verdict] + (cause.title ? ': ' + cause.title : '')),
      known ? element('p', { class: 'sure' },
        element('span', {}, entityText(cause.entity)),
        element('span', {}, cause.category + ', ' + cause.kind),
        element('span', {}, cause.verdict + ', ' + percent + ' %'),
        element('span', { class: 'meter', 'aria-hidden': 'true' }, element('i', { style: { width: percent + '%' } }))) : null,
      cause.because.length ? element('ul', {}, cause.because.map(reason => element('li', {}, reason))) : null);
  }

  function lines(evidence) {
    const many = evidence.some(line => day(line.time) !== day(evidence[0].time));
    return element('ol', { class: 'lines' }, evidence.map(line => element('li', {},
      element('span', {}, line.place + ' · ' + (many ? stamp(line.time) : clock(line.time))),
      element('code', {}, line.text))));
  }

  const cost = c => c.gpuHours.toFixed(2) + ' GPU-hours' + (c.running ? ' so far' : '') + ', of ' + plural(c.gpus, 'GPU');

  const changed = changes => element('ul', { class: 'changes' }, changes.map(change => element('li', {},
    change.text + ', ' + span(change.secondsBefore * 1000) + ' before ', element('small', {}, change.place))));

  const chips = (title, texts) => element('div', {}, element('h4', {}, title),
    element('ul', { class: 'chips' }, texts.map(text => element('li', {}, text))));

  function card(incident, index) {
    const first = incident.evidence.slice(0, SHOWN_LINES);
    const more = incident.evidence.slice(SHOWN_LINES);
    const lasted = incident.to - incident.from;
    return element('li', {}, element('article', { class: 'incident', style: { '--c': 'var(--' + incident.severity + ')' } },
      element('p', { class: 'head' },
        element('span', { class: 'pill ' + incident.severity }, incident.severity),
        element('span', {}, between(incident.from, incident.to) + ' UTC'),
        lasted > 0 ? element('span', {}, span(lasted)) : null,
        element('span', {}, plural(incident.alerts, 'alert')),
        incident.cost ? element('span', { class: 'cost' }, cost(incident.cost)) : null),
      element('h3', {}, element('button', { type: 'button', 'aria-pressed': 'false', title: 'Zoom to this incident', onclick: () => choose(index, false) }, incident.title)),
      causeBox(incident.cause),
      incident.responses.length ? [element('h4', {}, 'What to do'),
        element('ol', { class: incident.responses.length === 1 ? 'do one' : 'do' }, incident.responses.map(text => element('li', {}, text)))] : null,
      incident.changes.length ? [element('h4', {}, 'Changed before'), changed(incident.changes)] : null,
      incident.evidence.length ? [element('h4', {}, 'Evidence'), lines(first)] : null,
      more.length ? element('details', {}, element('summary', {}, plural(more.length, 'more line')), lines(more)) : null,
      element('div', { class: 'facts' },
        incident.entities.length ? chips('Affected', incident.entities.map(entityText)) : null,
        incident.rules.length ? chips('Found by', incident.rules) : null)));
  }

  function list() {
    if (incidents.length === 0) {
      $('list').append(element('li', { class: 'empty' }, element('b', {}, 'No incident found'),
        data.totals.events > 0
          ? 'Nothing in ' + plural(data.totals.events, 'event') + ' matched a rule or left its usual range.'
          : 'No event was read; the rejected input below may say why.'));
      $('timeline').hidden = true;
    }
    $('list').append(...incidents.map(card));
  }

  function rejected() {
    $('rejected').hidden = data.rejected.length === 0;
    $('rejects').append(...data.rejected.map(r => element('tr', {},
      element('td', {}, count(r.count)), element('td', {}, r.reason), element('td', {}, r.stage),
      element('td', {}, element('small', {}, r.place + (r.detail ? ' · ' + r.detail : '')), element('code', {}, r.example)))));
  }

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = index => (dark.matches ? DARK : LIGHT)[index % LIGHT.length];

  function short(value) {
    const size = Math.abs(value);
    if (size >= 1e9) return (value / 1e9).toPrecision(3).replace(/\.?0+$/, '') + 'G';
    if (size >= 1e6) return (value / 1e6).toPrecision(3).replace(/\.?0+$/, '') + 'M';
    if (size >= 1e4) return (value / 1e3).toPrecision(3).replace(/\.?0+$/, '') + 'k';
    return size >= 1e-3 || size === 0 ? String(+value.toPrecision(4)) : value.toExponential(1);
  }

  function draw(entry) {
    const { chart, instance } = entry;
    const percent = chart.unit === '%';
    const show = value => percent ? short(value * 100) + ' %' : short(value);
    const values = chart.lines.flatMap(line => line.points.map(p => p[1])).filter(v => v !== null);
    const low = Math.min(...values);
    const high = Math.max(...values);
    const log = !percent && low > 0 && high / low > 300;
    const soft = style('--soft');
    const areas = chart.incidents.filter(index => chosen < 0 || index === chosen).map(index => [{
      xAxis: incidents[index].from,
      itemStyle: { color: style('--' + incidents[index].severity), opacity: index === chosen ? 0.2 : 0.13 },
    }, { xAxis: Math.max(incidents[index].to, incidents[index].from + (range.to - range.from) / 300) }]);
    instance.setOption({
      useUTC: true, animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 46, right: 10, top: 10, bottom: 22 },
      tooltip: {
        trigger: 'axis', confine: true, backgroundColor: style('--panel'), borderColor: style('--line'),
        textStyle: { color: style('--text'), fontSize: 12 }, axisPointer: { lineStyle: { color: soft } },
        renderMode: 'richText', valueFormatter: value => value === null || value === undefined ? '–' : show(value),
      },
      xAxis: {
        type: 'time', min: range.from, max: range.to, splitNumber: 4,
        axisLine: { lineStyle: { color: style('--line') } }, axisTick: { show: false },
        axisLabel: { color: soft, fontSize: 11, hideOverlap: true, formatter: t => label(t, t % MINUTE ? 1000 : MINUTE) }, splitLine: { show: false },
      },
      yAxis: {
        type: log ? 'log' : 'value', scale: low > 0 && low / high > 0.5, splitNumber: 3, min: percent ? 0 : undefined, max: percent ? 1 : undefined, interval: percent ? 0.25 : undefined,
        axisLabel: { color: soft, fontSize: 11, formatter: show, hideOverlap: true }, splitLine: { lineStyle: { color: style('--line') } },
      },
      series: chart.lines.map((line, index) => ({
        name: visible(line.name) + (line.dashed ? ' waiting' : ''), type: 'line', data: line.points,
        showSymbol: line.points.length < 3, symbolSize: 5, connectNulls: false,
        lineStyle: { width: 1.6, type: line.dashed ? 'dashed' : 'solid' }, color: colour(line.colour),
        markArea: index === 0 ? { silent: true, data: areas } : undefined,
      })),
    }, { replaceMerge: ['series'] });
  }

  function measures() {
    if (data.charts.length === 0) {
      $('measures').hidden = true;
      document.querySelector('.columns').classList.add('single');
      return;
    }
    const groups = new Map();
    data.charts.forEach(chart => groups.set(chart.group, [...(groups.get(chart.group) || []), chart]));
    // What the worst incident is about comes first.
    const worst = ofGroup => Math.min(...ofGroup.flatMap(chart => chart.incidents), incidents.length);
    [...groups].sort((a, b) => worst(a[1]) - worst(b[1])).forEach(([name, ofGroup]) => {
      const group = element('div', { class: 'group', 'data-group': name }, element('h3', {}, name));
      const keys = new Map(ofGroup.flatMap(chart => chart.lines.map(line => [line.name, line.colour])));
      if (keys.size > 1) {
        group.append(element('p', { class: 'legend' }, [...keys].map(([key, index]) =>
          element('span', {}, element('i', { 'data-colour': index }), key))));
      }
      $('charts').append(group);
      ofGroup.forEach(chart => {
        const box = element('div', {
          class: 'chart', role: 'img',
          'aria-label': visible(chart.title + ' of ' + name + ': ' + plural(chart.lines.length, 'line') + ', '
            + plural(chart.incidents.length, 'incident') + ' marked'),
        });
        group.append(element('figure', {}, element('figcaption', {}, chart.title + (chart.unit && chart.unit !== '%' ? ' (' + chart.unit + ')' : '')), box));
        const instance = echarts.init(box, null, { renderer: 'canvas' });
        charts.push({ chart, instance });
      });
    });
    echarts.connect(charts.map(({ instance }) => { instance.group = 'measures'; return instance; }));
    charts.forEach(draw);
    legends();
  }

  function legends() {
    document.querySelectorAll('.legend i').forEach(mark => { mark.style.background = colour(+mark.dataset.colour); });
  }

  header();
  list();
  lanes();
  measures();
  rejected();

  $('reset').addEventListener('click', () => { choose(chosen, false); document.querySelector('#lanes button')?.focus({ preventScroll: true }); });
  addEventListener('keydown', event => { if (event.key === 'Escape' && chosen >= 0) choose(chosen, false); });
  const fit = () => {
    lanes();
    charts.forEach(({ instance }) => { if (instance.getDom().offsetParent) instance.resize(); });
    document.documentElement.style.setProperty('--timeline', $('timeline').offsetHeight + 'px');
  };
  new ResizeObserver(() => requestAnimationFrame(fit)).observe($('timeline').hidden ? document.body : $('timeline'));
  dark.addEventListener('change', () => { charts.forEach(draw); legends(); });
  addEventListener('beforeprint', () => { document.querySelectorAll('details').forEach(d => { d.open = true; }); fit(); });
  fit();
  document.documentElement.dataset.ready = 'true';
})();
