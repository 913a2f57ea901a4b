package org.headroom.similar.validate;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Logistic regression on standardised features, by Newton's method, with a penalty of half the sum of squared coefficients (not of the
 * intercept): sees differences in means and in their linear combinations.
 */
final class LogisticRegression implements Classifier {
    private static final double PENALTY = 1;
    private static final int MOST_STEPS = 50;
    private static final double SMALL_STEP = 1e-9;

    @Override
    public double[] scores(double[][] examples, boolean[] generated, double[][] asked) {
        Standardised scale = Standardised.by(examples);
        double[][] x = scale.of(examples);
        int terms = x[0].length + 1;
        RealVector coefficients = new ArrayRealVector(terms);
        for (int step = 0; step < MOST_STEPS; step++) {
            RealMatrix hessian = new Array2DRowRealMatrix(terms, terms);
            RealVector gradient = new ArrayRealVector(terms);
            hessian.setEntry(0, 0, 1e-9); // where examples are few and far apart
            for (int j = 1; j < terms; j++) {
                hessian.setEntry(j, j, PENALTY);
                gradient.setEntry(j, -PENALTY * coefficients.getEntry(j));
            }
            for (int i = 0; i < x.length; i++) {
                double p = 1 / (1 + StrictMath.exp(-linear(coefficients, x[i])));
                double residual = (generated[i] ? 1 : 0) - p;
                for (int a = 0; a < terms; a++) {
                    gradient.addToEntry(a, residual * term(x[i], a));
                    for (int b = 0; b <= a; b++) {
                        hessian.addToEntry(a, b, p * (1 - p) * term(x[i], a) * term(x[i], b));
                    }
                }
            }
            for (int a = 0; a < terms; a++) {
                for (int b = 0; b < a; b++) {
                    hessian.setEntry(b, a, hessian.getEntry(a, b)); // to the bit: the decomposition insists
                }
            }
            RealVector change =
                    new CholeskyDecomposition(hessian, 1e-9, 1e-14).getSolver().solve(gradient);
            coefficients = coefficients.add(change);
            if (change.getNorm() < SMALL_STEP) {
                break;
            }
        }
        double[][] y = scale.of(asked);
        double[] scores = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            scores[i] = linear(coefficients, y[i]);
        }
        return scores;
    }

    private static double linear(RealVector coefficients, double[] x) {
        double sum = coefficients.getEntry(0);
        for (int j = 0; j < x.length; j++) {
            sum += coefficients.getEntry(j + 1) * x[j];
        }
        return sum;
    }

    private static double term(double[] x, int j) {
        return j == 0 ? 1 : x[j - 1];
    }
}
