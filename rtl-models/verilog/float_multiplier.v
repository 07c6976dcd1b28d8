// Product of two floats of one format in that format, rounded once to nearest, ties to even. A product
// of zero is +0 or -0 by its sign; NaN keeps no payload.
module float_multiplier #(
  parameter EXPONENT_BITS = 5,
  parameter FRACTION_BITS = 10,
  parameter ZERO_EXPONENT = 0,
  parameter SPECIALS      = 1,
  // Exponent field of a float whose leading one is the lowest bit of the product of significands, less
  // both exponent fields; what the sums need with their sign.
  parameter LOWEST_FIELD  = -35,
  parameter FIELD_BITS    = 8,
  parameter [EXPONENT_BITS+FRACTION_BITS-1:0] LARGEST  = 0,
  // Codes without their sign.
  parameter [EXPONENT_BITS+FRACTION_BITS-1:0] OVERFLOW = 0,
  parameter [EXPONENT_BITS+FRACTION_BITS:0]   NAN      = 0
) (
  input  [EXPONENT_BITS+FRACTION_BITS:0] x,
  input  [EXPONENT_BITS+FRACTION_BITS:0] y,
  output [EXPONENT_BITS+FRACTION_BITS:0] product
);
  localparam BITS             = EXPONENT_BITS + FRACTION_BITS + 1;
  localparam SIGNIFICAND_BITS = FRACTION_BITS + 1;

  wire                        x_negative, x_zero, x_nan, x_infinite;
  wire                        y_negative, y_zero, y_nan, y_infinite;
  wire [SIGNIFICAND_BITS-1:0] x_significand;
  wire [SIGNIFICAND_BITS-1:0] y_significand;
  wire [EXPONENT_BITS-1:0]    x_field;
  wire [EXPONENT_BITS-1:0]    y_field;
  float_unpack #(
    .EXPONENT_BITS(EXPONENT_BITS), .FRACTION_BITS(FRACTION_BITS), .SIGNED(1),
    .ZERO_EXPONENT(ZERO_EXPONENT), .SPECIALS(SPECIALS)
  ) unpack_x (
    .code(x), .negative(x_negative), .significand(x_significand), .field(x_field),
    .zero(x_zero), .nan(x_nan), .infinite(x_infinite));
  float_unpack #(
    .EXPONENT_BITS(EXPONENT_BITS), .FRACTION_BITS(FRACTION_BITS), .SIGNED(1),
    .ZERO_EXPONENT(ZERO_EXPONENT), .SPECIALS(SPECIALS)
  ) unpack_y (
    .code(y), .negative(y_negative), .significand(y_significand), .field(y_field),
    .zero(y_zero), .nan(y_nan), .infinite(y_infinite));

  wire nan, positive_infinity, negative_infinity;
  product_specials specials (
    .a_negative(x_negative), .a_zero(x_zero), .a_nan(x_nan), .a_infinite(x_infinite),
    .b_negative(y_negative), .b_zero(y_zero), .b_nan(y_nan), .b_infinite(y_infinite),
    .nan(nan), .positive_infinity(positive_infinity), .negative_infinity(negative_infinity));

  wire [2*SIGNIFICAND_BITS-1:0] significands;
  multiplier #(.A_BITS(SIGNIFICAND_BITS), .B_BITS(SIGNIFICAND_BITS)) multiply (
    .a(x_significand), .b(y_significand), .product(significands));

  wire signed [FIELD_BITS-1:0] lowest_field =
      $signed({1'b0, x_field}) + $signed({1'b0, y_field}) + LOWEST_FIELD;
  wire [BITS-1:0] magnitude;
  normalise_round #(
    .BITS(2 * SIGNIFICAND_BITS), .SIGNED(0), .EXPONENT_BITS(EXPONENT_BITS),
    .FRACTION_BITS(FRACTION_BITS), .ROUNDED_BITS(FRACTION_BITS), .NEAREST(1),
    .FIELD_BITS(FIELD_BITS), .UNDERFLOWS(1), .LARGEST(LARGEST),
    .POSITIVE_OVERFLOW({1'b0, OVERFLOW}), .NEGATIVE_OVERFLOW({1'b0, OVERFLOW})
  ) round (.number(significands), .lowest_field(lowest_field), .code(magnitude));

  wire            infinite = positive_infinity | negative_infinity;
  wire [BITS-2:0] number   = infinite ? OVERFLOW : magnitude[BITS-2:0];
  assign product = nan ? NAN : {x_negative ^ y_negative, number};
endmodule
