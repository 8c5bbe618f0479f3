// Every drawing of the window, as data: what each shape is, and whether it is drawn, dashed, filled or cut out.

/** A shape as SVG names it, with the attributes that give its form and its look. */
export interface Shape {
  tag: 'path' | 'circle' | 'rect';
  attributes: Readonly<Record<string, string | number>>;
}

type Form = string | Shape;
type Attributes = Shape['attributes'];

function formed(form: Form, look: Attributes): Shape {
  return typeof form === 'string'
    ? { tag: 'path', attributes: { d: form, ...look } }
    : { tag: form.tag, attributes: { ...form.attributes, ...look } };
}

function circle(cx: number, cy: number, r: number): Shape {
  return { tag: 'circle', attributes: { cx, cy, r } };
}

function rect(x: number, y: number, width: number, height: number, rx = 0): Shape {
  return { tag: 'rect', attributes: { x, y, width, height, rx } };
}

/** A stroke with round ends. */
function line(width: number, form: Form, stroke = 'currentColor'): Shape {
  const round = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return formed(form, { fill: 'none', stroke, 'stroke-width': width, ...round });
}

/** A stroke that says *not final*. */
function dashed(width: number, form: Form, pattern = '1.9 1.7'): Shape {
  return formed(form, { fill: 'none', stroke: 'currentColor', 'stroke-width': width, 'stroke-dasharray': pattern });
}

/** A filled shape. */
function solid(form: Form, fill = 'currentColor'): Shape {
  return formed(form, { fill });
}

/** A mark that lets the surface below show through a filled shape. */
function cut(width: number, form: Form): Shape {
  return line(width, form, 'var(--hueco,#fff)');
}

/** The drawings by name, on a grid of 16. Verdicts and marks begin with `g`, acts and rooms with `u`. */
export const DRAWINGS: Readonly<Record<string, readonly Shape[]>> = {
  'g-propuesta': [dashed(1.2, circle(8, 8, 6.2)), line(1.1, 'M5.6 10.4l.5-1.9 3.7-3.7 1.4 1.4-3.7 3.7z')],
  'g-decidido': [line(1, circle(8, 8, 7)), solid(circle(8, 8, 5))],
  'g-cumple': [solid(circle(8, 8, 7)), cut(1.8, 'M4.8 8.3l2.2 2.2 4.2-4.8')],
  'g-cumple-propuesta': [dashed(1.2, circle(8, 8, 6.3)), line(1.3, 'M5 8.3l2.1 2.1 4-4.6')],
  'g-no-cumple': [solid(rect(1.5, 1.5, 13, 13, 1)), cut(1.8, 'M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6')],
  'g-no-cumple-propuesta': [dashed(1.2, rect(2, 2, 12, 12)), line(1.3, 'M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2')],
  'g-a-convalidar': [solid('M8 .6L15.4 8 8 15.4.6 8z'), cut(1.5, 'M5.3 9.6c1-2.6 4.2-2.9 5.4-.6M10.9 6.6l-.1 2.5-2.4-.1')],
  'g-a-convalidar-propuesta': [dashed(1.2, 'M8 1.3L14.7 8 8 14.7 1.3 8z'), line(1.2, 'M5.4 9.5c1-2.4 4-2.7 5.2-.6M10.8 6.7l-.1 2.3-2.3-.1')],
  'g-no-aplica': [line(1.5, 'M3 8h10'), dashed(0.8, 'M3 4.6h10M3 11.4h10', '1 1.6')],
  'g-pendiente': [solid(circle(3, 10.5, 1.15)), solid(circle(8, 10.5, 1.15)), solid(circle(13, 10.5, 1.15))],
  'g-no-verificado': [line(1.2, circle(8, 8, 6.3)), line(1.4, 'M6 6.3c.2-2.6 4.2-2.3 4 .1-.1 1.4-2 1.4-2 2.9'), solid(circle(8, 11.7, 0.95))],
  'g-contradiccion': [line(1.7, 'M2.5 5.8h11M2.5 10.2h11'), line(1.7, 'M10.8 2.4L5.2 13.6')],
  'g-indicio': [line(1.7, 'M8 1.8v12.4M2.6 4.9l10.8 6.2M13.4 4.9L2.6 11.1')],
  'g-firma-valida': [line(1.25, 'M1.5 11.2c1.6-.2 3.4-4 3.3-6.2 0-1-1-1-1.3 0-.6 2 .2 6 1.8 5.6 1-.2 1.3-2.2 2-2.2.6 0 .2 1.6 1 1.7.6 0 .9-.8 1.5-.9'), line(1, 'M1.5 14h13'), line(1.5, 'M9.8 4.2l1.7 1.7 3-3.6')],
  'g-firma-invalida': [line(1.25, 'M1.5 11.2c1.6-.2 3.4-4 3.3-6.2 0-1-1-1-1.3 0-.6 2 .2 6 1.8 5.6 1-.2 1.3-2.2 2-2.2.6 0 .2 1.6 1 1.7.6 0 .9-.8 1.5-.9'), line(1, 'M1.5 14h4.2M10.3 14h4.2M6.8 15.3l2.4-2.6'), line(1.5, 'M10.6 2l3.8 3.8M14.4 2l-3.8 3.8')],
  'g-firma-no-comprobada': [line(1.25, 'M1.5 11.2c1.6-.2 3.4-4 3.3-6.2 0-1-1-1-1.3 0-.6 2 .2 6 1.8 5.6 1-.2 1.3-2.2 2-2.2.6 0 .2 1.6 1 1.7.6 0 .9-.8 1.5-.9'), dashed(1, 'M1.5 14h13', '1.5 1.5'), line(1.3, 'M10.9 3.4c.1-2.2 3.4-2 3.3.1-.1 1.2-1.7 1.2-1.7 2.4'), solid(circle(12.5, 8, 0.85))],
  'g-norma-sin-verificar': [line(1.3, 'M8 1.8L15 14H1z'), line(1.5, 'M8 6.2v3.6'), solid(circle(8, 12, 0.85))],
  'u-inicio': [line(1.25, 'M2.5 7.2L8 2.6l5.5 4.6V13.4h-11z'), line(1.25, 'M6.4 13.2V9.4h3.2v3.8')],
  'u-procesos': [line(1.25, 'M2.5 3.5h4l1.3 1.6h5.7v7.9h-11z')],
  'u-ajustes': [line(1.25, 'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7'), line(1.25, circle(11, 4.5, 1.8)), line(1.25, circle(5, 11.5, 1.8))],
  'u-buscar': [line(1.25, circle(7, 7, 4.3)), line(1.25, 'M10.3 10.3L14 14')],
  'u-resumen': [line(1.25, 'M3.5 1.8h9v12.4h-9z'), line(1.25, 'M5.6 5h4.8M5.6 7.6h4.8M5.6 10.2h3')],
  'u-ofertas': [line(1.25, 'M2.2 4.8L8 2l5.8 2.8v6.4L8 14l-5.8-2.8z'), line(1.25, 'M2.4 4.9L8 7.6l5.6-2.7M8 7.6V14')],
  'u-documentos': [line(1.25, 'M4.8 4V1.8h5l3.4 3.3v7H11'), line(1.25, 'M2.5 4.2h5.2l3 3v7H2.5z')],
  'u-matriz': [line(1.25, 'M2 2.5h12v11H2zM2 6h12M6.2 2.5v11M10.2 6v7.5M2 9.7h12')],
  'u-validaciones': [line(1.25, 'M8 1.8l5 1.7v4.1c0 3.1-2 5.4-5 6.6-3-1.200-5-3.500-5-6.6V3.500z'), line(1.25, 'M5.6 8l1.700 1.700 3.200-3.6')],
  'u-actas': [line(1.25, 'M3.5 1.8h6.3l2.7 2.7v9.7h-9z'), line(1.25, 'M5.5 11.6c1.2-.2 1.9-2.8 2.4-2.8.4 0 0 2 .700 2 .500 0 .6-.700 1.6-.700M5.5 5h3M5.5 7.2h4.5')],
  'u-sesion': [line(1.25, circle(5.2, 5.4, 2.1)), line(1.25, circle(11, 5.9, 1.7)), line(1.25, 'M1.6 13.4c.2-2.9 1.6-4.4 3.6-4.4s3.4 1.5 3.6 4.4M9.9 9.3c.4-.2.7-.2 1.1-.2 1.8 0 3 1.3 3.2 3.7')],
  'u-lista': [line(1.25, 'M6.2 3.8h7.3M6.2 8h7.3M6.2 12.2h7.3M2.4 3.6l.9.9 1.5-1.7M2.4 7.8l.9.9 1.5-1.7M2.4 12l.9.9 1.5-1.7')],
  'u-convalidacion': [line(1.25, 'M3 1.8h6.3l2.7 2.7v3M7 14.2H3V1.8'), line(1.25, 'M9.2 1.8v2.8H12M5 5.6h2.4M5 8h4'), line(1.25, 'M8.6 12.2l1.8 1.8 3.6-4')],
  'u-puntaje': [line(1.25, 'M2.2 13.8h11.6M3.8 13.8V9.6h2v4.200M7 13.8V5.4h2v8.4M10.200 13.8V2.200h2v11.6')],
  'u-comision': [line(1.25, 'M8 2v11.6M4.4 13.8h7.2M2.8 4.2h10.4'), line(1.25, 'M3.6 4.4L1.6 9h4zM12.4 4.4l-2 4.6h4z')],
  'u-papeles': [line(1.25, 'M5 3.6V1.8h8.4v9.8h-1.8'), line(1.25, 'M2.6 4.4h8.4v9.8H2.6zM4.8 7.4h4M4.8 9.8h4')],
  'u-bitacora': [line(1.25, 'M6.6 9.4l2.8-2.8'), line(1.25, 'M7 5l1.5-1.5a2.7 2.7 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.7 2.7 0 0 1-4-4L5 7')],
  'u-ant': [line(1.25, 'M10 3L5 8l5 5')],
  'u-sig': [line(1.25, 'M6 3l5 5-5 5')],
  'u-abajo': [line(1.25, 'M3.5 6l4.5 4.5L12.5 6')],
  'u-arriba': [line(1.25, 'M3.5 10L8 5.5l4.5 4.5')],
  'u-mas': [line(1.25, 'M8 3v10M3 8h10')],
  'u-menos': [line(1.25, 'M3 8h10')],
  'u-cerrar': [line(1.25, 'M4 4l8 8M12 4l-8 8')],
  'u-girar': [line(1.25, 'M12.8 8.5a4.9 4.9 0 1 1-1.5-4.2L13 6M13 2.6V6H9.6')],
  'u-ajustar': [line(1.25, 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3')],
  'u-candado': [line(1.25, 'M3.5 7.3h9v6.4h-9zM5.5 7.1V5a2.5 2.5 0 0 1 5 0v2.1')],
  'u-reloj': [line(1.25, circle(8, 8, 6)), line(1.25, 'M8 4.6V8l2.4 1.5')],
  'u-deshacer': [line(1.25, 'M5.5 3L2.5 6l3 3M2.8 6h6.4a3.5 3.5 0 0 1 0 7H6')],
  'u-exportar': [line(1.25, 'M8 10V2.5M5.2 5L8 2.3 10.8 5M2.8 9.5v4h10.4v-4')],
  'u-carpeta': [line(1.25, 'M2 12.8V3.2h4l1.4 1.6H14v8z')],
  'u-alerta': [line(1.25, 'M4 11V7a4 4 0 0 1 8 0v4l1.2 1.5H2.8zM6.8 14h2.4')],
  'u-nota': [line(1.25, 'M2.5 2.5h11v7.8l-3.2 3.2H2.5zM10.2 13.3v-3.1h3.1')],
  'u-ojo': [line(1.25, 'M1.5 8c3-5.2 10-5.2 13 0-3 5.2-10 5.2-13 0z'), line(1.25, circle(8, 8, 2))],
  'u-copiar': [line(1.25, 'M5.5 5.5h8v8h-8zM10.5 5.3V2.5h-8v8h2.8')],
  'u-guia': [line(1.25, 'M8 3.6C6.4 2.6 4.2 2.5 2 3v9.6c2.2-.5 4.4-.4 6 .6 1.6-1 3.8-1.1 6-.6V3c-2.2-.5-4.4-.4-6 .6zM8 3.6v9.6')],
};
