// What NaN and infinite operands make of a product; all three are 0 for a number.
module product_specials (
  input  a_negative, input a_zero, input a_nan, input a_infinite,
  input  b_negative, input b_zero, input b_nan, input b_infinite,
  output nan,
  output positive_infinity,
  output negative_infinity
);
  wire infinite = a_infinite | b_infinite;
  wire negative = a_negative ^ b_negative;
  assign nan = a_nan | b_nan | (a_infinite & b_zero) | (a_zero & b_infinite);
  assign positive_infinity = infinite & ~nan & ~negative;
  assign negative_infinity = infinite & ~nan & negative;
endmodule
