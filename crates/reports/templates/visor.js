'use strict';
(function () {
  const datos = JSON.parse(document.getElementById('datos').textContent);
  const palabra = datos.words;
  const hacer = (nombre, clase, texto) => {
    const elemento = document.createElement(nombre);
    if (clase) elemento.className = clase;
    if (texto !== undefined) elemento.textContent = texto;
    return elemento;
  };
  const octetos = (texto) => new TextEncoder().encode(texto);
  const deBase64 = (texto) => Uint8Array.from(atob(texto), (signo) => signo.charCodeAt(0));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

  // FIPS 180-4, for browsers that give no WebCrypto to a file.
  function sha256(datos) {
    const K = [];
    const H = [];
    const raiz = (numero, grado) => {
      const fraccion = Math.pow(numero, 1 / grado) % 1;
      return Math.floor(fraccion * 4294967296) | 0;
    };
    for (let numero = 2; K.length < 64; numero++) {
      let primo = true;
      for (let divisor = 2; divisor * divisor <= numero; divisor++) if (numero % divisor === 0) primo = false;
      if (!primo) continue;
      if (H.length < 8) H.push(raiz(numero, 2));
      K.push(raiz(numero, 3));
    }
    const largo = datos.length;
    const bloques = Math.ceil((largo + 9) / 64);
    const mensaje = new Uint8Array(bloques * 64);
    mensaje.set(datos);
    mensaje[largo] = 128;
    const vista = new DataView(mensaje.buffer);
    vista.setUint32(mensaje.length - 8, Math.floor(largo / 536870912));
    vista.setUint32(mensaje.length - 4, (largo << 3) >>> 0);
    const girar = (valor, pasos) => (valor >>> pasos) | (valor << (32 - pasos));
    const w = new Int32Array(64);
    for (let inicio = 0; inicio < mensaje.length; inicio += 64) {
      for (let i = 0; i < 16; i++) w[i] = vista.getInt32(inicio + i * 4);
      for (let i = 16; i < 64; i++) {
        const s0 = girar(w[i - 15], 7) ^ girar(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = girar(w[i - 2], 17) ^ girar(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = H;
      for (let i = 0; i < 64; i++) {
        const t1 = (h + (girar(e, 6) ^ girar(e, 11) ^ girar(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t2 = ((girar(a, 2) ^ girar(a, 13) ^ girar(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((valor, i) => { H[i] = (H[i] + valor) | 0; });
    }
    const salida = new DataView(new ArrayBuffer(32));
    H.forEach((valor, i) => salida.setInt32(i * 4, valor));
    return hex(new Uint8Array(salida.buffer));
  }
  const conNavegador = Boolean(window.crypto && window.crypto.subtle);
  async function huella(bytes) {
    if (!conNavegador) return sha256(bytes);
    return hex(new Uint8Array(await window.crypto.subtle.digest('SHA-256', bytes)));
  }

  const visor = document.getElementById('visor');
  const cabeza = hacer('header');
  cabeza.append(hacer('h1', '', datos.title));
  datos.lines.forEach((linea) => cabeza.append(hacer('p', '', linea)));
  const estado = hacer('div', '', palabra.checking);
  estado.id = 'estado';
  estado.setAttribute('role', 'status');
  cabeza.append(estado);
  const cuerpo = hacer('div', 'cuerpo');
  const lista = hacer('nav');
  const hoja = hacer('article');
  hoja.setAttribute('aria-live', 'polite');
  cuerpo.append(lista, hoja);
  visor.append(cabeza, cuerpo);

  const filtro = hacer('label', '', palabra.filter);
  const campo = hacer('input');
  campo.type = 'search';
  filtro.append(campo);
  lista.append(filtro);
  const resultados = new Map();
  const botones = datos.pieces.map((pieza) => {
    const boton = hacer('button', '', pieza.number + '. ' + pieza.requirement);
    boton.append(hacer('small', '', pieza.bidder + (pieza.verdict ? ' · ' + pieza.verdict : '')));
    boton.addEventListener('click', () => mostrar(pieza));
    lista.append(boton);
    return boton;
  });
  campo.addEventListener('input', () => {
    const texto = campo.value.toLowerCase();
    botones.forEach((boton) => { boton.hidden = !boton.textContent.toLowerCase().includes(texto); });
  });

  function mostrar(pieza) {
    botones.forEach((boton, i) => boton.setAttribute('aria-current', String(datos.pieces[i] === pieza)));
    const partes = [hacer('h2', '', pieza.number + '. ' + pieza.requirement)];
    const datosDe = hacer('dl');
    const fila = (nombre, valor, codigo) => {
      if (!valor) return;
      const celda = hacer('dd');
      celda.append(hacer(codigo ? 'code' : 'span', '', valor));
      datosDe.append(hacer('dt', '', nombre), celda);
    };
    fila(palabra.file, pieza.file);
    fila(palabra.place, pieza.place);
    fila(palabra.quote, pieza.quote);
    fila(palabra.file_hash, pieza.file_sha256, true);
    fila(palabra.crop_hash, pieza.crop_sha256, true);
    fila(palabra.link, pieza.link, true);
    partes.push(datosDe);
    const dicho = resultados.get(pieza);
    if (dicho) {
      if (pieza.image) partes.push(hacer('p', dicho.imagen ? 'bien' : 'mal', dicho.imagen ? palabra.image_good : palabra.image_bad));
      partes.push(hacer('p', dicho.eslabon ? 'bien' : 'mal', dicho.eslabon ? palabra.link_good : palabra.link_bad));
    }
    if (pieza.image) {
      const marco = hacer('div', 'recorte');
      const imagen = hacer('img');
      imagen.alt = pieza.quote || pieza.place;
      imagen.src = 'data:image/jpeg;base64,' + pieza.image;
      const espacio = 'http://www.w3.org/2000/svg';
      const capa = document.createElementNS(espacio, 'svg');
      capa.setAttribute('viewBox', '0 0 ' + pieza.width + ' ' + pieza.height);
      capa.setAttribute('preserveAspectRatio', 'none');
      pieza.quads.forEach((linea) => {
        const poligono = document.createElementNS(espacio, 'polygon');
        poligono.setAttribute('points', linea.join(' '));
        capa.append(poligono);
      });
      marco.append(imagen, capa);
      partes.push(marco);
    } else {
      partes.push(hacer('p', '', palabra.no_image));
    }
    hoja.replaceChildren(...partes);
  }

  const cadenas = hacer('section');
  cadenas.append(hacer('h2', '', palabra.ends));
  const tabla = hacer('table');
  const titulos = hacer('tr');
  [palabra.device, palabra.acts, palabra.head].forEach((texto) => titulos.append(hacer('th', '', texto)));
  tabla.append(titulos);
  datos.ends.forEach((fin) => {
    const linea = hacer('tr');
    linea.append(hacer('td', '', fin.device), hacer('td', '', String(fin.count)));
    const celda = hacer('td');
    celda.append(hacer('code', '', fin.head));
    linea.append(celda);
    tabla.append(linea);
  });
  cadenas.append(tabla);
  cabeza.append(cadenas);

  async function comprobar() {
    let antes = '';
    let fallas = 0;
    for (const pieza of datos.pieces) {
      const recorte = pieza.image ? await huella(deBase64(pieza.image)) : '';
      const lineas = [antes, String(pieza.number), pieza.bidder, pieza.requirement, pieza.verdict, pieza.file, pieza.file_sha256, pieza.place, pieza.quote, recorte];
      const eslabon = await huella(octetos(lineas.join('\n')));
      const dicho = { imagen: recorte === pieza.crop_sha256, eslabon: eslabon === pieza.link };
      if (!dicho.imagen || !dicho.eslabon) fallas++;
      resultados.set(pieza, dicho);
      antes = eslabon;
    }
    const fin = datos.pieces.length ? datos.pieces[datos.pieces.length - 1].link : '';
    estado.className = fallas === 0 ? 'bien' : 'mal';
    estado.textContent = (fallas === 0 ? palabra.good : palabra.bad).replace('{total}', String(datos.pieces.length)).replace('{fallas}', String(fallas)) + (conNavegador ? '' : ' ' + palabra.by_hand);
    const cadena = hacer('div');
    cadena.append(hacer('code', '', fin));
    estado.append(cadena);
    document.documentElement.dataset.estado = fallas === 0 ? 'bien' : 'mal';
    if (datos.pieces.length) mostrar(datos.pieces[0]);
  }
  comprobar();
})();
