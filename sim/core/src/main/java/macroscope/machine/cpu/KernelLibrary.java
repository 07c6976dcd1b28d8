package macroscope.machine.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kernels of processor cores by name, and those that multiply given formats. */
public final class KernelLibrary {

  private static final String TMAC = "t-mac";
  private static final String TMAC_FAST = "t-mac-fast";

  /** T-MAC packs ternary weights as numbers of two bits. */
  private static final String TERNARY = "ternary";

  /** Tables of an iteration and of a scale of activations that T-MAC is tuned to. */
  private static final int TABLES = 16;

  private static final int MOST_TABLE_BITS = 4;

  private KernelLibrary() {}

  /** All names. */
  public static List<String> names() {
    return Stream.concat(
            Stream.of(TMAC, TMAC_FAST),
            Arrays.stream(BaselineKernel.values()).map(BaselineKernel::kernelName))
        .toList();
  }

  /** What the kernels that a core can run multiply, weights by activations, for messages. */
  public static String words(CpuCore core) {
    boolean tables = core.time(tables(1, false), 1, 1).isPresent();
    Stream<String> others =
        Arrays.stream(BaselineKernel.values())
            .filter(kernel -> core.time(kernel, 1, 1).isPresent())
            .map(BaselineKernel::operands);
    return Stream.concat(
            tables ? Stream.of("int1 to int4 and ternary by any (t-mac)") : Stream.empty(),
            others.distinct())
        .collect(Collectors.joining(", "));
  }

  /** The kernel of a name for weights of so many bits; empty if there is none. */
  public static Optional<NamedKernel> find(String name, int weightBits) {
    if (name.equals(TMAC) || name.equals(TMAC_FAST)) {
      return weightBits > MOST_TABLE_BITS
          ? Optional.empty()
          : Optional.of(new NamedKernel(name, tables(weightBits, name.equals(TMAC_FAST))));
    }
    return BaselineKernel.find(name).map(kernel -> new NamedKernel(name, kernel));
  }

  private static TmacKernel tables(int weightBits, boolean fast) {
    return new TmacKernel(weightBits, TABLES, TABLES, fast, false);
  }

  /**
   * The kernels that multiply activations by weights of these elements. Averages of T-MAC, which lose
   * bits, are not among them.
   *
   * @param activations name of their element's format
   * @param weights name of theirs
   * @param weightBits bits of it
   */
  public static List<NamedKernel> of(String activations, String weights, int weightBits) {
    List<NamedKernel> kernels = new ArrayList<>();
    boolean table = weights.startsWith("int") || weights.equals(TERNARY);
    if (table && weightBits <= MOST_TABLE_BITS) {
      find(TMAC, weightBits).ifPresent(kernels::add);
    }
    Arrays.stream(BaselineKernel.values())
        .filter(kernel -> kernel.multiplies(activations, weights))
        .forEach(kernel -> kernels.add(new NamedKernel(kernel.kernelName(), kernel)));
    return kernels;
  }
}
