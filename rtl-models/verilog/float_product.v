// Exact product of two floats, un-normalised: sign, product of the significands, sum of the exponent
// fields. A zero operand has the exponent field that a parameter says, which may be negative.
module float_product #(
  parameter A_EXPONENT_BITS = 4,
  parameter A_FRACTION_BITS = 3,
  parameter A_SIGNED        = 1,
  parameter A_ZERO_EXPONENT = 0,
  parameter A_SPECIALS      = 0,
  parameter A_ZERO_FIELD    = 0,
  parameter B_EXPONENT_BITS = 4,
  parameter B_FRACTION_BITS = 3,
  parameter B_SIGNED        = 1,
  parameter B_ZERO_EXPONENT = 0,
  parameter B_SPECIALS      = 0,
  parameter B_ZERO_FIELD    = 0,
  parameter X_BITS          = 10
) (
  input  [A_SIGNED+A_EXPONENT_BITS+A_FRACTION_BITS-1:0]  a,
  input  [B_SIGNED+B_EXPONENT_BITS+B_FRACTION_BITS-1:0]  b,
  output                                                 negative,
  output [A_FRACTION_BITS+(A_EXPONENT_BITS != 0)+B_FRACTION_BITS+(B_EXPONENT_BITS != 0)-1:0]
                                                         significand,
  output signed [X_BITS-1:0]                             exponent,
  output                                                 zero,
  output                                                 nan,
  output                                                 positive_infinity,
  output                                                 negative_infinity
);
  localparam A_BITS  = A_FRACTION_BITS + (A_EXPONENT_BITS != 0);
  localparam B_BITS  = B_FRACTION_BITS + (B_EXPONENT_BITS != 0);
  localparam A_FIELD = A_EXPONENT_BITS + (A_EXPONENT_BITS == 0);
  localparam B_FIELD = B_EXPONENT_BITS + (B_EXPONENT_BITS == 0);

  wire               a_negative, a_zero, a_nan, a_infinite;
  wire               b_negative, b_zero, b_nan, b_infinite;
  wire [A_BITS-1:0]  a_significand;
  wire [B_BITS-1:0]  b_significand;
  wire [A_FIELD-1:0] a_field;
  wire [B_FIELD-1:0] b_field;
  float_unpack #(
    .EXPONENT_BITS(A_EXPONENT_BITS), .FRACTION_BITS(A_FRACTION_BITS), .SIGNED(A_SIGNED),
    .ZERO_EXPONENT(A_ZERO_EXPONENT), .SPECIALS(A_SPECIALS)
  ) unpack_a (
    .code(a), .negative(a_negative), .significand(a_significand), .field(a_field),
    .zero(a_zero), .nan(a_nan), .infinite(a_infinite));
  float_unpack #(
    .EXPONENT_BITS(B_EXPONENT_BITS), .FRACTION_BITS(B_FRACTION_BITS), .SIGNED(B_SIGNED),
    .ZERO_EXPONENT(B_ZERO_EXPONENT), .SPECIALS(B_SPECIALS)
  ) unpack_b (
    .code(b), .negative(b_negative), .significand(b_significand), .field(b_field),
    .zero(b_zero), .nan(b_nan), .infinite(b_infinite));

  product_specials specials (
    .a_negative(a_negative), .a_zero(a_zero), .a_nan(a_nan), .a_infinite(a_infinite),
    .b_negative(b_negative), .b_zero(b_zero), .b_nan(b_nan), .b_infinite(b_infinite),
    .nan(nan), .positive_infinity(positive_infinity), .negative_infinity(negative_infinity));

  multiplier #(.A_BITS(A_BITS), .B_BITS(B_BITS)) multiply (
    .a(a_significand), .b(b_significand), .product(significand));

  wire signed [X_BITS-1:0] a_exponent = a_zero ? A_ZERO_FIELD : $signed({1'b0, a_field});
  wire signed [X_BITS-1:0] b_exponent = b_zero ? B_ZERO_FIELD : $signed({1'b0, b_field});
  adder #(.BITS(X_BITS)) add (.x(a_exponent), .y(b_exponent), .sum(exponent));
  assign negative = a_negative ^ b_negative;
  assign zero     = a_zero | b_zero;
endmodule
