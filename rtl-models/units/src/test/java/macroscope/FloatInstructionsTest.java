package macroscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import macroscope.unit.ExactFloatKernel;
import org.junit.jupiter.api.Test;

class FloatInstructionsTest {
  private static final String SAMPLE = FloatInstructionsTest.class.getName() + "$";

  static class Adds {
    float add(float a, float b) {
      return a + b;
    }
  }

  static class Converts {
    double convert(int a) {
      return a;
    }
  }

  static class CallsFma {
    double multiply(double a, double b) {
      return Math.fma(a, b, 0.0);
    }
  }

  static class NamesMaximum {
    DoubleBinaryOperator maximum() {
      return Math::max;
    }
  }

  static class MovesBits {
    int bits(float a) {
      return a > 0.0f ? Float.floatToRawIntBits(a) : Math.max(1, 2);
    }
  }

  @ExactFloatKernel("a sample: it adds nothing but 1")
  static class Marked {
    static class Inner {
      float add(float a) {
        return a + 1.0f;
      }
    }
  }

  static class Named {
    float add(float a) {
      return a + 1.0f;
    }
  }

  @Test
  void everyKindOfArithmeticIsFoundAndNothingElse() throws IOException, URISyntaxException {
    Path classes =
        Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("macroscope");
    Set<String> places =
        FloatInstructions.in(classes, Set.of(SAMPLE + "Named"), ExactFloatKernel.class.getName());
    assertThat(places.stream().filter(place -> place.startsWith(SAMPLE)))
        .containsExactly(
            SAMPLE + "Adds.add",
            SAMPLE + "CallsFma.multiply",
            SAMPLE + "Converts.convert",
            SAMPLE + "NamesMaximum.maximum");
  }
}
