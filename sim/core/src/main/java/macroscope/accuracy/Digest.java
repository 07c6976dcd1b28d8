package macroscope.accuracy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is added, in order. */
final class Digest {
  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String of(byte[]... parts) {
    Digest digest = new Digest();
    for (byte[] part : parts) {
      digest.sha256.update(part);
    }
    return digest.hex();
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the bits of doubles, most significant byte first; all NaN count as one. */
  void add(double[] values) {
    byte[] bytes = new byte[8 * values.length];
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToLongBits(values[i]);
      for (int b = 0; b < 8; b++) {
        bytes[8 * i + b] = (byte) (bits >>> (56 - 8 * b));
      }
    }
    sha256.update(bytes);
  }

  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
