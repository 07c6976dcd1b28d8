package macroscope.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import macroscope.config.MachineCatalogue;
import org.junit.jupiter.api.Test;

/** No kernel on any core is faster than the roof that it is held against. */
class CoreRoofTest {

  private static final List<int[]> SHAPES =
      List.of(
          new int[] {1, 1},
          new int[] {32, 64},
          new int[] {33, 65},
          new int[] {1024, 1024},
          new int[] {4096, 4096},
          new int[] {11008, 4096},
          new int[] {28672, 8192});

  private static Stream<CpuTime> times(CpuCore core, int rows, int depth) {
    return KernelLibrary.names().stream()
        .flatMap(name -> List.of(1, 2, 3, 4, 8).stream().map(b -> KernelLibrary.find(name, b)))
        .flatMap(found -> found.stream())
        .flatMap(found -> core.time(found.kernel(), rows, depth).stream());
  }

  @Test
  void everyCoreStaysBelowItsOwnRoofForEveryKernelAndShape() {
    for (CpuCore core : MachineCatalogue.cores()) {
      for (int[] shape : SHAPES) {
        assertThat(times(core, shape[0], shape[1]))
            .isNotEmpty()
            .allMatch(time -> core.leastSeconds(time.work()) <= time.seconds());
      }
    }
  }

  @Test
  void aFactorBelowOneLowersTheRoofsTimeAndOneAboveLeavesIt() {
    CpuCore core = MachineCatalogue.cores().get(0);
    KernelWork work = new TmacKernel(2, 16, 16, false, false).work(core, 1024, 1024).orElseThrow();
    double bandwidth = core.secondLevelBytesPerCycle();
    double ports = core.with(new double[] {1, bandwidth}).leastSeconds(work);
    assertThat(core.with(new double[] {0.5, bandwidth}).leastSeconds(work)).isEqualTo(ports / 2);
    assertThat(core.with(new double[] {2, bandwidth}).leastSeconds(work)).isEqualTo(ports);
  }
}
