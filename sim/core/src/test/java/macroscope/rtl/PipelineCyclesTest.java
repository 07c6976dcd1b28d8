package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import macroscope.hardware.Pipeline;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Latency and initiation interval of every kind of twin, and of all in stages, are the cycles that the
 * Verilog takes. Arrays are held to theirs in {@link SystolicTwinTest}.
 */
class PipelineCyclesTest {

  @TempDir private Path folder;

  static Stream<Named<DotTwin>> twins() {
    List<Twin> settings = TwinSettings.all();
    Stream<Twin> first =
        Arrays.stream(TwinFamily.values())
            .filter(family -> family != TwinFamily.PIPELINED)
            .flatMap(family -> settings.stream().filter(t -> t.family() == family).limit(1));
    Stream<Twin> staged = settings.stream().filter(t -> t.family() == TwinFamily.PIPELINED);
    return Stream.concat(first, staged)
        .flatMap(twin -> twin instanceof DotTwin dot ? Stream.of(dot) : Stream.empty())
        .map(twin -> Named.of(twin.name(), twin));
  }

  /**
   * From the first cycle of the first pass that leaves something in the accumulator to the last of the
   * second one: a cycle less or more of latency or interval would move or widen that.
   */
  @ParameterizedTest
  @MethodSource("twins")
  void resultsOfTwoPassesAreThereInTheCyclesOfThePipeline(DotTwin twin) throws IOException {
    Pipeline pipeline = twin.pipeline();
    int interval = pipeline.initiationInterval();
    int last = pipeline.latency() + interval;
    assertThat(CycleProbe.knownEdges(twin, folder))
        .isEqualTo(IntStream.rangeClosed(last - 2 * interval + 1, last).boxed().toList());
  }
}
