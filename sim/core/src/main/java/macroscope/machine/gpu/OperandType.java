package macroscope.machine.gpu;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Types of operands that matrix units multiply at a rate of their own. */
public enum OperandType {
  F16(16, "f16", "fp16", "float16", "binary16"),
  BF16(16, "bf16", "bfloat16"),
  TF32(32, "tf32"),
  FP8(8, "fp8", "e4m3", "e5m2", "e4m3fn", "f8"),
  FP4(4, "fp4", "e2m1", "e2m1fn", "mxfp4", "nvfp4"),
  INT8(8, "int8", "int8sym", "s8", "i8", "u8", "uint8"),
  INT4(4, "int4", "int4sym", "s4", "u4", "uint4"),
  F64(64, "f64", "fp64", "float64", "binary64");

  private final int bits;
  private final List<String> names;

  OperandType(int bits, String... names) {
    this.bits = bits;
    this.names = List.of(names);
  }

  /** Bits in memory; scales of groups are not among them. */
  public int bits() {
    return bits;
  }

  /** The type by one of its names in lower case: {@code f16}, {@code s8}. */
  public static Optional<OperandType> find(String name) {
    return Arrays.stream(values()).filter(type -> type.names.contains(name)).findFirst();
  }

  /** Its usual name. */
  @Override
  public String toString() {
    return names.get(0);
  }
}
