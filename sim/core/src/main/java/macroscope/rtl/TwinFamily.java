package macroscope.rtl;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of units that have Verilog twins, and what of each kind has one. */
public enum TwinFamily {
  INTEGER_MAC("integer_mac"),
  PACKED_MAC("packed_mac but int8_dsp58"),
  KULISCH("kulisch"),
  FUSED("fused"),
  BLOCK_SCALED("block_scaled"),
  BIT_SERIAL("bit_serial with integers and exact entries"),
  TERNARY("ternary with integers"),
  TERNARY_TABLE("ternary_table"),
  SHIFT_ADD("shift_add"),
  L_MUL("log_multiplier with an offset, fixed-point sums and flushed subnormals"),
  MITCHELL("log_multiplier without one, the rest as before"),
  LNS("lns"),
  LNS_LINEAR("lns_linear with fixed-point sums"),
  DEQUANTIZED("dequantize with scale=after before integer_mac, kulisch or fused"),
  SCALED_DEQUANTIZED("dequantize with other scales before kulisch or fused, without zero points"),
  PIPELINED("pipeline around integer_mac, kulisch or fused"),
  SYSTOLIC("output-stationary arrays of integer_mac");

  private final String description;

  TwinFamily(String description) {
    this.description = description;
  }

  /** Which units it is, for people. */
  public String description() {
    return description;
  }

  /** All of them, for people. */
  static String descriptions() {
    return Arrays.stream(values()).map(TwinFamily::description).collect(Collectors.joining("; "));
  }
}
