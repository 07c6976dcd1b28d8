package macroscope.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmacKernelTest {

  /** Ports of Intel cores; byte lookups on port 5 alone until Skylake, on 1 and 5 since Ice Lake. */
  private static Ports intel(String lookups) {
    Map<Operation, List<String>> uops = new EnumMap<>(Operation.class);
    for (Operation one : Operation.values()) {
      uops.put(one, List.of("01"));
    }
    uops.put(Operation.LOAD, List.of("ab"));
    uops.put(Operation.LOGIC, List.of("015"));
    uops.put(Operation.ADD, List.of("015"));
    uops.put(Operation.LOOKUP, List.of(lookups));
    for (Operation one :
        List.of(Operation.INSERT, Operation.EXTRACT, Operation.WIDEN, Operation.BROADCAST)) {
      uops.put(one, List.of("5"));
    }
    return new Ports(uops);
  }

  private static CpuCore core(InstructionSet set) {
    return new CpuCore("core", 1000, 6, Set.of(set), intel("15"), 1 << 20, 1, 1, 64);
  }

  /** Reciprocal throughput of the compiled loop in LLVM 19's models of both processors. */
  @ParameterizedTest
  @CsvSource({"5, false, 86", "15, false, 70", "5, true, 43", "15, true, 40"})
  void anIterationTakesTheCyclesOfTheSchedulingModel(String lookups, boolean fast, double cycles) {
    InstructionMix loop = new TmacKernel(2, 16, 16, fast, false).avx2();
    assertThat(intel(lookups).cycles(loop)).isEqualTo(cycles);
  }

  /** 151 instructions on two pipes, LLVM 19's model of Neoverse N1: 75.5 cycles. */
  @Test
  void anIterationOnNeonHasTheVectorInstructionsOfTheCompiledLoop() {
    InstructionMix loop = new TmacKernel(2, 16, 16, false, false).neon();
    assertThat(loop.total() - loop.counts().get(Operation.LOAD)).isEqualTo(151);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void timeGrowsWithTheBitsOfAWeight(int bits) {
    CpuCore core = core(InstructionSet.AVX2);
    double one =
        core.time(new TmacKernel(1, 16, 16, false, false), 512, 512).orElseThrow().loopSeconds();
    assertThat(
            core.time(new TmacKernel(bits, 16, 16, false, false), 512, 512)
                .orElseThrow()
                .loopSeconds())
        .isEqualTo(bits * one);
  }

  /** 32 rows by 64 weights is one iteration for each bit; one more of either is another. */
  @ParameterizedTest
  @CsvSource({"32, 64, 1", "33, 64, 2", "32, 65, 2", "1, 1, 1"})
  void whatIsLeftOverTakesAWholeIteration(int rows, int depth, double iterations) {
    KernelWork work =
        new TmacKernel(1, 16, 16, false, false)
            .work(core(InstructionSet.NEON), rows, depth)
            .orElseThrow();
    assertThat(work.iterations()).isEqualTo(iterations);
  }

  @Test
  void fewerTablesInAnIterationScaleMoreOften() {
    Ports ports = intel("15");
    double sixteen = ports.cycles(new TmacKernel(2, 16, 16, false, false).avx2());
    double eight = ports.cycles(new TmacKernel(2, 8, 8, false, false).avx2());
    assertThat(List.of(sixteen, 2 * eight)).containsExactly(70.0, 76.0);
  }

  @Test
  void whatTheCacheHoldsStreamsFromIt() {
    CpuCore core = core(InstructionSet.AVX2);
    double inside =
        core.time(new TmacKernel(4, 16, 16, false, false), 1024, 1024)
            .orElseThrow()
            .memorySeconds();
    double outside =
        core.time(new TmacKernel(4, 16, 16, false, false), 4096, 1024)
            .orElseThrow()
            .memorySeconds();
    assertThat(outside / inside).isEqualTo(4 * 64.0);
  }

  @Test
  void aKernelOfOtherInstructionsDoesNotRun() {
    assertThat(core(InstructionSet.NEON).time(BaselineKernel.INT8_VNNI_256, 64, 64)).isEmpty();
  }

  /** Two of its four multiply-adds of four cycles each wait for each other. */
  @Test
  void dependentSumsBoundALoop() {
    KernelWork work =
        BaselineKernel.INT4_TO_BINARY32.work(core(InstructionSet.AVX2), 32, 32).orElseThrow();
    assertThat(work.chainCycles()).isEqualTo(8);
  }

  @Test
  void scalesMustDivideTheTables() {
    assertThatThrownBy(() -> new TmacKernel(2, 16, 12, false, false))
        .hasMessage("tables that share a scale must divide 16: 12");
  }

  /** A loop of 12 instructions and 6 others, 4 at a time; after its 2 taken branches 1.5 places are lost. */
  @Test
  void takenBranchesCostPlaces() {
    KernelWork work =
        new KernelWork(
            InstructionMix.none().plus(Operation.ADD, 12), 1, 0, 0, new KernelWork.Control(6, 2));
    assertThat(work.entryCycles(4)).isEqualTo((12 + 6 + 2 * 1.5) / 4);
  }

  @Test
  void aRolledTreeOfAveragesIsSlower() {
    CpuCore core = core(InstructionSet.AVX2);
    double unrolled = seconds(core, new TmacKernel(2, 16, 16, true, false));
    assertThat(seconds(core, new TmacKernel(2, 16, 16, true, false, true)))
        .isGreaterThan(1.5 * unrolled);
  }

  @Test
  void withoutAveragesCompilersMakeNoDifference() {
    CpuCore core = core(InstructionSet.AVX2);
    assertThat(seconds(core, new TmacKernel(2, 16, 16, false, false, true)))
        .isEqualTo(seconds(core, new TmacKernel(2, 16, 16, false, false)));
  }

  private static double seconds(CpuCore core, TmacKernel kernel) {
    return core.time(kernel, 512, 512).orElseThrow().loopSeconds();
  }

  @ParameterizedTest
  @CsvSource({
    "q4_0 x q8_0 AVX2, Q4_0_AVX2",
    "q4_0xq8_0-AVX-VNNI, Q4_0_AVX_VNNI",
    "int8xint8-VNNI-512, INT8_VNNI_512",
    "dequant int4->fp32 FMA AVX2 gs128, INT4_TO_BINARY32",
    "fp32 dense FMA AVX-512, BINARY32_AVX512"
  })
  void namesAreKnownHoweverTheyAreSpelt(String name, BaselineKernel kernel) {
    assertThat(BaselineKernel.find(name)).contains(kernel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"q4_0", "int8", "mystery"})
  void aNameOfSeveralKernelsOrNoneIsUnknown(String name) {
    assertThat(BaselineKernel.find(name)).isEmpty();
  }
}
