"""Ordinal logistic regression: classes in an order, told by one weighted sum of features and a threshold between classes.

The smallest model that uses the order: k features and c classes make k weights and c - 1 thresholds. Features are brought
to mean 0 and deviation 1 on the training cases. Fitted by gradient descent on the likelihood with a ridge on the
weights; deterministic, no random start.
"""
import math
from typing import NamedTuple, Sequence

# Ridge on the weights, in units of one training case. One is the usual weak prior; it was not searched.
RIDGE = 1.0
STEPS = 1500
RATE = 1.0


class Model(NamedTuple):
    """A case is of a class above k where its sum exceeds threshold k."""

    means: list[float]
    deviations: list[float]
    weights: list[float]
    thresholds: list[float]

    def predict(self, features: Sequence[float]) -> int:
        """The most likely class of a case, as a number from 0."""
        total = dot(self.weights, scaled(features, self.means, self.deviations))
        above = [1.0, *(sigmoid(total - threshold) for threshold in self.thresholds), 0.0]
        likely = [upper - lower for upper, lower in zip(above, above[1:])]
        return likely.index(max(likely))


def fit(cases: Sequence[Sequence[float]], classes: Sequence[int]) -> Model:
    """Fits a model to cases whose classes are numbers from 0, every one of them present."""
    columns = list(zip(*cases))
    means = [sum(column) / len(column) for column in columns]
    deviations = [deviation(column, mean) for column, mean in zip(columns, means)]
    rows = [scaled(case, means, deviations) for case in cases]
    top = max(classes)
    weights = [0.0] * len(means)
    thresholds = [level - (top - 1) / 2 for level in range(top)]
    for _ in range(STEPS):
        slopes = [-RIDGE * weight for weight in weights]
        lifts = [0.0] * top
        for row, label in zip(rows, classes):
            total = dot(weights, row)
            above = [sigmoid(total - threshold) for threshold in thresholds]
            upper = above[label - 1] if label else 1.0
            lower = above[label] if label < top else 0.0
            chance = max(upper - lower, 1e-9)
            rise = (upper * (1 - upper), lower * (1 - lower))
            for at, value in enumerate(row):
                slopes[at] += (rise[0] - rise[1]) / chance * value
            if label:
                lifts[label - 1] -= rise[0] / chance
            if label < top:
                lifts[label] += rise[1] / chance
        weights = [weight + RATE * slope / len(rows) for weight, slope in zip(weights, slopes)]
        thresholds = sorted(threshold + RATE * lift / len(rows) for threshold, lift in zip(thresholds, lifts))
    return Model(means, deviations, weights, thresholds)


def scaled(features: Sequence[float], means: Sequence[float], deviations: Sequence[float]) -> list[float]:
    """Features in deviations from the mean."""
    return [(value - mean) / width for value, mean, width in zip(features, means, deviations)]


def deviation(column: Sequence[float], mean: float) -> float:
    """Standard deviation; 1 where all values are equal."""
    return math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0


def dot(weights: Sequence[float], values: Sequence[float]) -> float:
    """Weighted sum."""
    return sum(weight * value for weight, value in zip(weights, values))


def sigmoid(value: float) -> float:
    """Chance from log-odds, without overflow."""
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
