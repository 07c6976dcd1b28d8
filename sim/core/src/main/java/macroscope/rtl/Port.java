package macroscope.rtl;

import macroscope.hardware.Widths;

/**
 * An input or output of a twin: a flat vector. Element k of an operand lies at {@code k * element
 * bits}.
 */
public record Port(String name, int bits) {
  public Port {
    Widths.positive("bits of port " + name, bits);
  }
}
