package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BitPlanesTest {

  private static BitPlanes planes(String scheme, double... x) {
    return new BitPlanes(Quantizer.quantize(TensorFormats.parse(scheme), x, 1, x.length));
  }

  @Test
  void theFirstPlaneOfIntegersIsTheSign() {
    assertThat(planes("int4:tensor", 7, -3, 0, -7).plane(0))
        .containsExactly(false, true, false, true);
  }

  @Test
  void theFirstPlanesOfIntegersAreTheIntegersCutDown() {
    assertThat(planes("int4:tensor", 7, -3, 1, -7).first(2).decode()).containsExactly(4, -4, 0, -8);
  }

  @Test
  void allPlanesAreTheMatrix() {
    BitPlanes planes = planes("int6:tensor", 31, -3, 1, -7);
    assertThat(planes.first(6).decode()).isEqualTo(planes.matrix().decode());
  }

  /** W = sum 2^i b_i with b of -1 and 1: the first planes of 4 are 2 planes, four times as large. */
  @Test
  void theFirstPlanesOfSignsAreSignsInFewerBits() {
    assertThat(planes("planes4:tensor", 15, 5, -3, -15).first(2).decode())
        .containsExactly(12, 4, -4, -12);
  }

  @Test
  void planesAddUpToTheCodes() {
    BitPlanes planes = planes("planes4:tensor", 15, 5, -3, -15);
    long[] sums = new long[4];
    for (int p = 0; p < 4; p++) {
      boolean[] plane = planes.plane(p);
      int weight = 8 >> p;
      IntStream.range(0, 4).filter(i -> plane[i]).forEach(i -> sums[i] += weight);
    }
    assertThat(sums).isEqualTo(planes.matrix().codes());
  }

  @Test
  void floatsHaveNoPlanes() {
    assertThatThrownBy(() -> planes("e2m1:tensor", 1, 2))
        .hasMessageStartingWith("bit planes need integers or evenly spaced values");
  }
}
