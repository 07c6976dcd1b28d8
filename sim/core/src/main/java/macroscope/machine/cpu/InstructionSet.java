package macroscope.machine.cpu;

/** Vector instructions that a kernel is written in. */
public enum InstructionSet {
  AVX2,
  AVX_VNNI,
  AVX512,
  NEON
}
