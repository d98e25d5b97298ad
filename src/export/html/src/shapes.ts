import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { s } from "./dom";

/** Each kind has a shape as well as a colour, so that colour is never the only sign. */
const SHAPES = ["person", "post", "organization", "province", "event", "document"];

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_feather;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  vec2 corner = vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + size * corner, 1)).xy, 0, 1);
  v_at = corner * 2.0;
  v_feather = u_correctionRatio * 2.0 / (size / 2.0);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_feather;
varying float v_shape;
void main() {
  vec2 p = abs(v_at);
  float edge = length(p) - 1.0;
  if (v_shape > 4.5) edge = max(p.x - 0.66, p.y - 0.84);
  else if (v_shape > 3.5) edge = (p.x + p.y - 1.0) * 0.7071;
  else if (v_shape > 2.5) edge = length(p) - 1.0;
  else if (v_shape > 1.5) edge = max(p.x * 0.866 + p.y * 0.5, p.y) - 0.86;
  else if (v_shape > 0.5) edge = max(p.x, p.y) - 0.74;
  #ifdef PICKING_MODE
  gl_FragColor = edge > 0.0 ? vec4(0.0) : v_color;
  #else
  vec4 color = v_color;
  color.rgb *= 1.0 - 0.22 * smoothstep(-0.2, -0.08, edge);
  float clear = smoothstep(-v_feather, 0.0, edge);
  if (v_shape > 2.5 && v_shape < 3.5) clear = max(clear, 1.0 - smoothstep(0.08, 0.08 + v_feather, abs(length(p) - 0.66)));
  gl_FragColor = mix(color, vec4(0.0), clear);
  #endif
}`;

const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;

export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES as 4,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  processVisibleItem(index: number, start: number, data: NodeDisplayData & { kind?: string }) {
    const array = this.array;
    array[start++] = data.x;
    array[start++] = data.y;
    array[start++] = data.size;
    array[start++] = Math.max(0, SHAPES.indexOf(data.kind ?? ""));
    array[start++] = floatColor(data.color);
    array[start++] = index;
  }

  setUniforms(parameters: RenderParams, { gl, uniformLocations }: ProgramInfo) {
    gl.uniform1f(uniformLocations.u_correctionRatio, parameters.correctionRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, parameters.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, parameters.matrix);
  }
}

/** Paths of the shapes in a box from -1 to 1, for legends. */
export const PATHS: Record<string, string> = {
  person: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0z",
  post: "M-.8-.8H.8V.8H-.8z",
  organization: "M-.5-.87H.5L1 0 .5.87H-.5L-1 0z",
  province: "M1.1 0A1.1 1.1 0 1 1-1.1 0A1.1 1.1 0 1 1 1.1 0zM.8 0A.8.8 0 1 0-.8 0A.8.8 0 1 0 .8 0zM.5 0A.5.5 0 1 1-.5 0A.5.5 0 1 1 .5 0z",
  event: "M0-1.1L1.1 0 0 1.1-1.1 0z",
  document: "M-.7-.95H.7V.95H-.7z",
  article: "M-.8-.9H.8V-.6H-.8zM-.8-.15H.8V.15H-.8zM-.8.6H.3V.9H-.8z",
};

export function symbol(kind: string): SVGElement {
  const path = s("path", { d: PATHS[kind] ?? PATHS.person });
  return s("svg", { viewBox: "-1.2 -1.2 2.4 2.4", class: `symbol kind-${kind}`, "aria-hidden": "true" }, path);
}
