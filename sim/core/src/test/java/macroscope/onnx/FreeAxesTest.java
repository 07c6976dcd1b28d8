package macroscope.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreeAxesTest {

  private static final Graph ENCODER =
      new Graph(
          "encoder.onnx",
          17,
          List.of(),
          Map.of(),
          List.of(
              new Port(
                  "tokens",
                  ElementType.INT64,
                  new int[] {Port.FREE, Port.FREE, 3, Port.FREE},
                  List.of("batch", "sequence", "", ""))),
          List.of());

  @Test
  void aLengthIsThatOfEveryOpenAxisButTheBatch() {
    assertThat(new FreeAxes(4, Optional.of(128), Map.of()).shapes(ENCODER).get("tokens"))
        .containsExactly(4, 128, 3, 128);
  }

  @Test
  void anAxisIsBoundByItsNameOrItsPlace() {
    Map<String, Integer> named = Map.of("sequence", 7, "tokens[3]", 9);
    assertThat(new FreeAxes(1, Optional.empty(), named).shapes(ENCODER).get("tokens"))
        .containsExactly(1, 7, 3, 9);
  }

  @Test
  void axesThatStayOpenAreNamedWithTheOptions() {
    FreeAxes some = new FreeAxes(1, Optional.empty(), Map.of("sequence", 7));
    assertThatThrownBy(() -> some.shapes(ENCODER))
        .hasMessage(
            "encoder.onnx: leaves axes open: give --length N, or --axis NAME=N of each of"
                + " tokens[3]");
  }

  @Test
  void aNameOfNoOpenAxisIsRefused() {
    FreeAxes wrong = new FreeAxes(1, Optional.of(2), Map.of("batch", 7));
    assertThatThrownBy(() -> wrong.shapes(ENCODER))
        .hasMessage(
            "--axis: must name an open axis but the batch, which are sequence, tokens[3]: batch");
  }
}
