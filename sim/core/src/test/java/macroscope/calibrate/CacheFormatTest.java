package macroscope.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import macroscope.tensor.TensorFormats;
import org.junit.jupiter.api.Test;

class CacheFormatTest {
  private static final TensorFormat INT3 = TensorFormats.parse("int3:token");

  /** Two tokens of three channels. */
  private static final double[] KEYS = {1, 0.4, -0.3, 20, 9, 4};

  /** The same turned: channels in rows, as a product of probabilities and values reads them. */
  private static final double[] VALUES = {1, 20, 0.4, 9, -0.3, 4};

  @Test
  void keysByTokenAreRowsOfTheProductsOperand() {
    assertThat(new CacheFormat(INT3, true, false).readBack(KEYS, 2, 3))
        .isEqualTo(Quantizer.quantize(INT3, KEYS, 2, 3).decode());
  }

  @Test
  void valuesByChannelAreRowsOfTheProductsOperand() {
    assertThat(new CacheFormat(INT3, false, true).readBack(VALUES, 3, 2))
        .isEqualTo(Quantizer.quantize(INT3, VALUES, 3, 2).decode());
  }

  @Test
  void valuesByTokenAreKeysByTokenTurned() {
    double[] k = new CacheFormat(INT3, true, false).readBack(KEYS, 2, 3);
    assertThat(new CacheFormat(INT3, true, true).readBack(VALUES, 3, 2))
        .containsExactly(k[0], k[3], k[1], k[4], k[2], k[5]);
  }
}
