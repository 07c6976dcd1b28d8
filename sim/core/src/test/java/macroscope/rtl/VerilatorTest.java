package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.rtl.Stimulus.Output;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lane for millions of results, on few of them: what is simulated and compared is that of the long
 * runs.
 */
class VerilatorTest {

  private static final long RESULTS = 2000;

  private static Comparison comparison = new Comparison(0, 0, 0, "");

  @BeforeAll
  static void simulate(@TempDir Path folder) throws IOException {
    Twin changed = new Changed(TwinSettings.named("ternary:a=int8,length=5"));
    comparison = Verilator.simulate(changed, 1, RESULTS, folder).comparison();
  }

  /** The bit is one, the edge is two: a result that is missing and one that nobody expects. */
  @Test
  void theWrongBitAndTheWrongEdgeOfTheModelAreFoundAndNothingElse() {
    assertThat(comparison.wrong()).as(comparison.toString()).isEqualTo(1 + 2);
  }

  @Test
  void atLeastSoManyResultsAreCompared() {
    assertThat(comparison.expected()).isBetween(RESULTS, 10 * RESULTS);
  }

  @Test
  void everyExpectedResultComesOut() {
    assertThat(comparison.results()).isEqualTo(comparison.expected());
  }

  /** More than the sums that come one by one: rows by columns follow them. */
  @Test
  void manySumsAreComparedAsWell(@TempDir Path folder) throws IOException {
    Twin twin = TwinSettings.named("integer_mac:a=int4,length=2,accumulator_bits=12");
    Comparison many = Verilator.simulate(twin, 1, 20 * RESULTS, folder).comparison();
    assertThat(many.equal()).as(many.toString()).isTrue();
  }

  /** A model that is wrong in one bit of its first result, and late by a cycle with its last one. */
  private record Changed(Twin right) implements Twin {
    @Override
    public String name() {
      return right.name();
    }

    @Override
    public TwinFamily family() {
      return right.family();
    }

    @Override
    public Design design() {
      return right.design();
    }

    @Override
    public Inventory inventory() {
      return right.inventory();
    }

    @Override
    public Pipeline pipeline() {
      return right.pipeline();
    }

    @Override
    public Stimulus stimulus(long seed, int sums) {
      Stimulus stimulus = right.stimulus(seed, sums);
      List<Output> outputs = new ArrayList<>(stimulus.outputs());
      Output first = outputs.get(0);
      BigInteger other = first.word().flipBit(design().result().bits() - 1);
      outputs.set(0, new Output(first.edge(), other));
      Output last = outputs.remove(outputs.size() - 1);
      outputs.add(new Output(last.edge() + 1, last.word()));
      return new Stimulus(stimulus.beats(), outputs);
    }
  }
}
