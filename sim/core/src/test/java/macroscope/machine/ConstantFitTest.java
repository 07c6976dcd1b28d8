package macroscope.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConstantFitTest {

  /** A machine whose time is {@code start + size / rate}. */
  private record Line(double start, double rate) implements TimedMachine<Line> {
    @Override
    public String name() {
      return "line";
    }

    @Override
    public List<FittedConstant> constants() {
      return List.of(
          new FittedConstant("start", start, 0.01, 100), new FittedConstant("rate", rate, 0.01, 5));
    }

    @Override
    public Line with(double[] values) {
      return new Line(values[0], values[1]);
    }

    double time(double size) {
      return start + size / rate;
    }
  }

  private static List<ConstantFit.Row<Line>> rows(Line truth) {
    return IntStream.rangeClosed(1, 6)
        .mapToObj(i -> new ConstantFit.Row<Line>("row " + i, m -> m.time(i * i), truth.time(i * i)))
        .toList();
  }

  @Test
  void constantsThatMadeTheRowsAreFound() {
    Line fitted = new ConstantFit<>(new Line(1, 1), rows(new Line(3, 2))).fitted();
    assertThat(fitted.start()).isCloseTo(3, within(0.01));
  }

  @Test
  void constantsStayInTheirRange() {
    Line fitted = new ConstantFit<>(new Line(1, 1), rows(new Line(3, 20))).fitted();
    assertThat(fitted.rate()).isEqualTo(5);
  }

  @Test
  void aRowThatIsLeftOutDoesNotFitItself() {
    List<ConstantFit.Row<Line>> rows = new ArrayList<>(rows(new Line(3, 2)));
    rows.add(new ConstantFit.Row<>("other", m -> m.time(1), 100));
    double[] errors = new ConstantFit<>(new Line(1, 1), rows).leaveOneOutErrors();
    assertThat(errors[6]).isCloseTo(3.5 / 100 - 1, within(1e-3));
  }

  @Test
  void anErrorIsRelativeToTheMeasurement() {
    assertThat(new ConstantFit.Row<Line>("row", m -> m.time(8), 4).error(new Line(1, 2)))
        .isEqualTo(0.25);
  }

  @Test
  void oneRowCannotBeLeftOut() {
    ConstantFit<Line> fit = new ConstantFit<>(new Line(1, 1), rows(new Line(1, 1)).subList(0, 1));
    assertThatThrownBy(fit::leaveOneOutErrors)
        .hasMessage("leaving one out needs at least two measurements");
  }

  @Test
  void aConstantOutOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new FittedConstant("rate", 2, 0.1, 1))
        .hasMessage("rate must be 0.1..1.0: 2.0");
  }
}
