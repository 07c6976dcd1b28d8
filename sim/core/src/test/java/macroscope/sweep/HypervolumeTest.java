package macroscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import macroscope.sweep.Hypervolume.Point;
import macroscope.sweep.Hypervolume.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {

  private static final Objective BITS = Objectives.find("bits_per_weight").orElseThrow();
  private static final Objective QSNR = Objectives.find("weight_qsnr").orElseThrow();
  private static final Objective ENERGY = Objectives.find("unit_energy_per_mac").orElseThrow();
  private static final Objective ACCURACY = Objectives.find("accuracy").orElseThrow();

  private static double fraction(List<Point> front, List<Point> all) {
    return Hypervolume.of(BITS, QSNR, front, all).fraction();
  }

  /** Cell by cell between the coordinates that occur. */
  private static double byCells(List<Point> front, List<Point> all) {
    Hypervolume box = Hypervolume.of(BITS, QSNR, front, all);
    TreeSet<Double> xs = new TreeSet<>(List.of(box.cost().best(), box.cost().reference()));
    TreeSet<Double> ys = new TreeSet<>(List.of(box.quality().best(), box.quality().reference()));
    front.forEach(p -> xs.add(p.cost()));
    front.forEach(p -> ys.add(p.quality()));
    double covered = 0;
    for (double x = xs.first(); xs.higher(x) != null; x = xs.higher(x)) {
      for (double y = ys.first(); ys.higher(y) != null; y = ys.higher(y)) {
        double left = x;
        double above = ys.higher(y);
        if (front.stream().anyMatch(p -> p.cost() <= left && p.quality() >= above)) {
          covered += (xs.higher(x) - x) * (above - y);
        }
      }
    }
    return covered
        / (box.cost().reference() - box.cost().best())
        / (box.quality().best() - box.quality().reference());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void itIsTheAreaOfTheCellsThatAPointDominates(int seed) {
    Random random = new Random(seed);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(new Point(random.nextInt(9), random.nextInt(9)));
    }
    List<Point> some = points.subList(0, 7);
    assertThat(fraction(some, points)).isCloseTo(byCells(some, points), within(1e-12));
  }

  @Test
  void aPointThatIsBestInBothHasAllOfTheBox() {
    List<Point> points = List.of(new Point(1, 40), new Point(2, 30));
    assertThat(fraction(points.subList(0, 1), points)).isEqualTo(1);
  }

  @Test
  void theReferenceIsATenthOfTheRangeBeyondTheWorst() {
    List<Point> points = List.of(new Point(1, 40), new Point(11, 20));
    Hypervolume volume = Hypervolume.of(BITS, QSNR, points, points);
    assertThat(volume.cost()).isEqualTo(new Hypervolume.Side(Scale.LINEAR, 1, 12));
    assertThat(volume.quality()).isEqualTo(new Hypervolume.Side(Scale.LINEAR, 40, 18));
  }

  @Test
  void logarithmicObjectivesCountDecades() {
    List<Point> points = List.of(new Point(1, 0.9), new Point(10, 0.99), new Point(100, 0.999));
    Hypervolume volume = Hypervolume.of(ENERGY, ACCURACY, points, points);
    assertThat(volume.cost().scale()).isEqualTo(Scale.LOG10);
    assertThat(volume.quality().scale()).isEqualTo(Scale.LOG10_TO_ONE);
    // A box of 2.2 by 2.2 decades; stairs of 2.2 x 0.2, 1.2 x 1 and 0.2 x 1 are dominated.
    assertThat(volume.fraction()).isCloseTo((2.2 * 0.2 + 1.2 + 0.2) / (2.2 * 2.2), within(1e-9));
  }

  @Test
  void valuesWithoutALogarithmAreTakenAsTheyAre() {
    List<Point> points = List.of(new Point(0, 1), new Point(2, 0.5));
    Hypervolume volume = Hypervolume.of(ENERGY, ACCURACY, points, points);
    assertThat(volume.cost().scale()).isEqualTo(Scale.LINEAR);
    assertThat(volume.quality().scale()).isEqualTo(Scale.LINEAR);
  }
}
