package macroscope.machine.cpu;

import static macroscope.machine.cpu.Operation.CONVERT;
import static macroscope.machine.cpu.Operation.CONVERT_HALF;
import static macroscope.machine.cpu.Operation.LOAD;
import static macroscope.machine.cpu.Operation.MULTIPLY_ADD;
import static macroscope.machine.cpu.Operation.WIDEN;

import java.util.Optional;

/**
 * A plain loop in binary32 over numbers of a narrower format: each vector of them is loaded and made
 * binary32, the other operand is loaded, and both are multiplied and added up: scores and values of attention, an output whose weights
 * are left wide. Numbers of 16 bits are taken as binary16 (bfloat16 takes a shift in place of the conversion), of 8 bits and
 * fewer as integers.
 *
 * @param elementBits bits of a number
 * @param storedBits bits of it in memory, its share of scales included
 */
public record VectorKernel(int elementBits, double storedBits) implements Kernel {

  private static final int NUMBERS = 32;

  /** Whether numbers of a format become binary32 by one conversion. */
  public static boolean reads(String element) {
    return element.matches("u?int\\d+(sym)?|binary16|bfloat16|binary32");
  }

  @Override
  public Optional<KernelWork> work(CpuCore core, int rows, int depth) {
    double vectors = NUMBERS / lanes(core);
    InstructionMix loop =
        InstructionMix.none()
            .plus(LOAD, vectors + vectors * Math.min(1, elementBits / 32.0))
            .plus(MULTIPLY_ADD, vectors);
    InstructionMix converted =
        elementBits > 16
            ? loop
            : elementBits > 8
                ? loop.plus(CONVERT_HALF, vectors)
                : loop.plus(WIDEN, vectors).plus(CONVERT, vectors);
    double iterations = rows * Math.ceil((double) depth / NUMBERS);
    double bytes = (double) rows * depth * storedBits / Byte.SIZE;
    return Optional.of(new KernelWork(converted, iterations, 0, bytes));
  }

  /** Lanes of binary32: 128-bit vectors of NEON, else those of AVX2. */
  private static double lanes(CpuCore core) {
    return core.has(InstructionSet.AVX2) ? 8 : 4;
  }
}
