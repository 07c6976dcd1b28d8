package macroscope.machine.cpu;

/** A kernel under the name that measurements and commands have for it. */
public record NamedKernel(String name, Kernel kernel) {

  /** The same with weights of so many bits in memory, their share of scales included. */
  public NamedKernel stored(double weightBits) {
    return new NamedKernel(
        name,
        (core, rows, depth) ->
            kernel
                .work(core, rows, depth)
                .map(work -> work.streaming((double) rows * depth * weightBits / Byte.SIZE)));
  }
}
