package macroscope.machine.cpu;

import static macroscope.machine.cpu.Operation.ADD;
import static macroscope.machine.cpu.Operation.BROADCAST;
import static macroscope.machine.cpu.Operation.CONVERT;
import static macroscope.machine.cpu.Operation.CONVERT_HALF;
import static macroscope.machine.cpu.Operation.DOT;
import static macroscope.machine.cpu.Operation.INSERT;
import static macroscope.machine.cpu.Operation.LOAD;
import static macroscope.machine.cpu.Operation.LOGIC;
import static macroscope.machine.cpu.Operation.MULTIPLY_ADD;
import static macroscope.machine.cpu.Operation.PAIRWISE_PRODUCT;
import static macroscope.machine.cpu.Operation.SHIFT;
import static macroscope.machine.cpu.Operation.SIGN;
import static macroscope.machine.cpu.Operation.WIDEN;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Kernels that lookup tables stand against, by their instructions for 32 weights: the scheme of
 * llama.cpp's {@code q4_0 x q8_0} (blocks of 32 with a binary16 scale on both sides) and plain loops
 * over bytes, weights made binary32, and binary32.
 */
public enum BaselineKernel implements Kernel {
  Q4_0_AVX2(
      "q4_0xq8_0-AVX2-(maddubs)",
      InstructionSet.AVX2,
      4.5,
      0,
      blocksOfFourBits().plus(PAIRWISE_PRODUCT, 2)),
  Q4_0_AVX_VNNI(
      "q4_0xq8_0-AVX-VNNI-256", InstructionSet.AVX_VNNI, 4.5, 0, blocksOfFourBits().plus(DOT, 1)),
  Q4_0_NEON(
      "q4_0xq8_0-NEON-sdot",
      InstructionSet.NEON,
      4.5,
      0,
      InstructionMix.none()
          .plus(LOAD, 3)
          .plus(LOGIC, 2)
          .plus(SHIFT, 2)
          .plus(ADD, 3)
          .plus(DOT, 2)
          .plus(CONVERT, 1)
          .plus(CONVERT_HALF, 2)
          .plus(MULTIPLY_ADD, 2)),
  INT8_AVX2(
      "int8xint8-AVX2-maddubs",
      InstructionSet.AVX2,
      8,
      0,
      InstructionMix.none().plus(LOAD, 2).plus(SIGN, 2).plus(PAIRWISE_PRODUCT, 2).plus(ADD, 1)),
  /** Four sums, to each of which every fourth instruction of five cycles adds. */
  INT8_VNNI_256(
      "int8xint8-VNNI-256",
      InstructionSet.AVX_VNNI,
      8,
      5.0 / 4,
      InstructionMix.none().plus(LOAD, 2).plus(DOT, 1)),
  INT8_VNNI_512(
      "int8xint8-VNNI-512",
      InstructionSet.AVX512,
      8,
      5.0 / 8,
      InstructionMix.none().plus(LOAD, 1).plus(DOT, 0.5)),
  /** Two sums, to each of which two of the four multiply-adds of four cycles add. */
  INT4_TO_BINARY32(
      "dequant-int4->fp32-FMA-AVX2-gs128", InstructionSet.AVX2, 4, 8, toBinary32().plus(LOGIC, 2)),
  INT2_TO_BINARY32(
      "dequant-int2->fp32-FMA-AVX2-gs128", InstructionSet.AVX2, 2, 8, toBinary32().plus(LOGIC, 2)),
  BINARY32_AVX512(
      "fp32-dense-FMA-AVX-512",
      InstructionSet.AVX512,
      32,
      0,
      InstructionMix.none().plus(LOAD, 4).plus(MULTIPLY_ADD, 2));

  private static final int WEIGHTS = 32;

  private final String kernel;
  private final InstructionSet needs;
  private final double bitsPerWeight;
  private final double chainCycles;
  private final InstructionMix loop;

  BaselineKernel(
      String kernel,
      InstructionSet needs,
      double bitsPerWeight,
      double chainCycles,
      InstructionMix loop) {
    this.kernel = kernel;
    this.needs = needs;
    this.bitsPerWeight = bitsPerWeight;
    this.chainCycles = chainCycles;
    this.loop = loop;
  }

  /** Nibbles apart, less eight, signs moved to the weights; the product of two scales. */
  private static InstructionMix blocksOfFourBits() {
    return InstructionMix.none()
        .plus(LOAD, 3)
        .plus(SHIFT, 1)
        .plus(INSERT, 1)
        .plus(LOGIC, 1)
        .plus(ADD, 1)
        .plus(SIGN, 2)
        .plus(CONVERT, 1)
        .plus(CONVERT_HALF, 2)
        .plus(MULTIPLY_ADD, 2)
        .plus(BROADCAST, 1);
  }

  private static InstructionMix toBinary32() {
    return InstructionMix.none()
        .plus(LOAD, 5)
        .plus(SHIFT, 1)
        .plus(WIDEN, 4)
        .plus(CONVERT, 4)
        .plus(MULTIPLY_ADD, 4);
  }

  /** Its name as measurements spell it. */
  public String kernelName() {
    return kernel;
  }

  /** Whether it multiplies elements of these formats, which kernels of bytes make of others. */
  boolean multiplies(String activations, String weights) {
    boolean bytes = activations.startsWith("int8");
    boolean real = activations.equals("binary32");
    return switch (this) {
      case Q4_0_AVX2, Q4_0_AVX_VNNI, Q4_0_NEON -> bytes && weights.startsWith("int4");
      case INT8_AVX2, INT8_VNNI_256, INT8_VNNI_512 -> bytes && weights.startsWith("int8");
      case INT4_TO_BINARY32 -> real && weights.startsWith("int4");
      case INT2_TO_BINARY32 -> real && weights.startsWith("int2");
      case BINARY32_AVX512 -> real && weights.equals("binary32");
    };
  }

  /** Elements of weights by those of activations. */
  String operands() {
    return switch (this) {
      case Q4_0_AVX2, Q4_0_AVX_VNNI, Q4_0_NEON -> "int4 by int8";
      case INT8_AVX2, INT8_VNNI_256, INT8_VNNI_512 -> "int8 by int8";
      case INT4_TO_BINARY32 -> "int4 by fp32";
      case INT2_TO_BINARY32 -> "int2 by fp32";
      case BINARY32_AVX512 -> "fp32 by fp32";
    };
  }

  /**
   * The kernel of a name as measurements spell it, whatever stands between letters and digits; what a
   * name adds at its end, or leaves out there, does not matter where it still is one kernel's.
   */
  public static Optional<BaselineKernel> find(String name) {
    String wanted = plain(name);
    List<BaselineKernel> equal = matching(known -> known.equals(wanted));
    List<BaselineKernel> found =
        equal.isEmpty()
            ? matching(known -> known.startsWith(wanted) || wanted.startsWith(known))
            : equal;
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static List<BaselineKernel> matching(Predicate<String> matches) {
    return Arrays.stream(values()).filter(k -> matches.test(plain(k.kernel))).toList();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  @Override
  public Optional<KernelWork> work(CpuCore core, int rows, int depth) {
    if (!core.has(needs)) {
      return Optional.empty();
    }
    double weights = (double) rows * depth;
    double iterations = rows * Math.ceil((double) depth / WEIGHTS);
    return Optional.of(new KernelWork(loop, iterations, chainCycles, weights * bitsPerWeight / 8));
  }
}
