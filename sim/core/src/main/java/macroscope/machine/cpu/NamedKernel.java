package macroscope.machine.cpu;

/** A kernel under the name that measurements and commands have for it. */
public record NamedKernel(String name, Kernel kernel) {}
