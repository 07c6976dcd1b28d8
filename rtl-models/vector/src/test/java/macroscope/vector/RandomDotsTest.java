package macroscope.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.unit.Instruction;
import macroscope.unit.Units;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random dots of every instruction on the fastest kernels against reference twins. {@code
 * -Dmacroscope.dots=10000000} makes it the slow lane, {@code -Dmacroscope.families=FusedDotSpec,...}
 * chooses families: docs/speed.md.
 */
class RandomDotsTest {

  private static final int DOTS = Integer.getInteger("macroscope.dots", 100_000);
  private static final String CHOSEN = System.getProperty("macroscope.families", "");
  private static final long SEED = 20_261_122;

  static Stream<Named<List<Instruction>>> families() {
    Map<String, List<Instruction>> families =
        Units.all().stream()
            .filter(instruction -> RandomDots.hasTwin(instruction.unit()))
            .collect(
                Collectors.groupingBy(
                    instruction -> instruction.unit().getClass().getSimpleName(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    if (!CHOSEN.isEmpty()) {
      List<String> chosen = List.of(CHOSEN.split(","));
      assertThat(families.keySet()).as("families").containsAll(chosen);
      families.keySet().retainAll(chosen);
    }
    return families.entrySet().stream().map(one -> Named.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyInstructionEqualsItsTwin(List<Instruction> family) {
    assertThat(new RandomDots(family).firstDifference(DOTS, SEED)).isEmpty();
  }
}
