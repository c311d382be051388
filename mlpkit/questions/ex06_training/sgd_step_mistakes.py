"""Wrong steps of gradient descent."""

import numpy as np

from mlpkit.exercises.records import Misconception


def _each(params, grads, change):
    for p, g in zip(params, grads, strict=True):
        p[...] = change(p, g)


def names_rebound(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p = p - lr * g


def list_rebound(params, grads, lr):
    params = [p - lr * g for p, g in zip(params, grads, strict=True)]
    return params


def entries_replaced(params, grads, lr):
    for i, g in enumerate(grads):
        params[i] = params[i] - lr * g


def entries_replaced_and_returned(params, grads, lr):
    for i, g in enumerate(grads):
        params[i] = params[i] - lr * g
    return params


def copies_put_into_the_list(params, grads, lr):
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        p -= lr * g
        params[i] = p.copy()


def parameters_returned(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g)
    return params


def uphill(params, grads, lr):
    _each(params, grads, lambda p, g: p + lr * g)


def uphill_and_returned(params, grads, lr):
    _each(params, grads, lambda p, g: p + lr * g)
    return params


def rate_left_out(params, grads, lr):
    _each(params, grads, lambda p, g: p - g)


def divided_by_the_rate(params, grads, lr):
    _each(params, grads, lambda p, g: p - g / lr)


def rate_squared(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * lr * g)


def rate_fixed(params, grads, lr):
    _each(params, grads, lambda p, g: p - 0.01 * g)


def rate_times_both(params, grads, lr):
    _each(params, grads, lambda p, g: lr * (p - g))


def difference_turned(params, grads, lr):
    _each(params, grads, lambda p, g: lr * g - p)


def step_instead_of_place(params, grads, lr):
    _each(params, grads, lambda p, g: -lr * g)


def gradient_as_a_factor(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * p * g)


def sign_only(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.sign(g))


def size_only(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.abs(g))


def unit_length(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / np.linalg.norm(g))


def clipped(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.clip(g, -1, 1))


def squared_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g**2)


def mean_of_the_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.mean(g))


def sum_of_the_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.sum(g))


def divided_by_the_rows(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / len(g))


def divided_by_the_size(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / g.size)


def divided_by_the_number_of_arrays(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / len(params))


def half_a_step(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / 2)


def two_steps(params, grads, lr):
    _each(params, grads, lambda p, g: p - 2 * lr * g)


def weights_shrunk_too(params, grads, lr):
    _each(params, grads, lambda p, g: (1 - lr) * p - lr * g)


def return_after_the_first(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p -= lr * g
        return


def last_array_only(params, grads, lr):
    params[-1][...] -= lr * grads[-1]


def last_array_forgotten(params, grads, lr):
    _each(params[:-1], grads[:-1], lambda p, g: p - lr * g)


def biases_forgotten(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        if p.ndim > 1:
            p -= lr * g


def first_row_only(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p[0] -= lr * g[0]


def gradients_in_another_order(params, grads, lr):
    for p, g in zip(params, reversed(grads), strict=True):
        p -= lr * g.ravel()[: p.size].mean()


def gradients_moved(params, grads, lr):
    _each(grads, params, lambda g, p: g - lr * p)


def gradients_scaled(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        g *= lr
        p -= g


SAME = "Somebody else holds the very arrays that you were given. Do they see your step?"

MISCONCEPTIONS = (
    Misconception(
        names_rebound,
        "the names get new arrays, the old arrays stay",
        "A name in a loop is only a name: giving it a new array does not change the old one. What does write into an array?",
    ),
    Misconception(
        entries_replaced,
        "new arrays are put into the list",
        SAME + " A new array in the list is not the old one with new numbers.",
    ),
    Misconception(
        copies_put_into_the_list,
        "copies are put into the list after the step",
        SAME + " This step arrives there. Where does the next one go?",
    ),
    Misconception(
        entries_replaced_and_returned,
        "new arrays are put into the list, and it is returned",
        SAME + " And a function that changes what it is given returns nothing.",
    ),
    Misconception(
        list_rebound,
        "a new list is returned, the parameters stay",
        "The new numbers are right, and in new arrays. The network still holds the old ones.",
    ),
    Misconception(
        parameters_returned,
        "the parameters are returned",
        "The step is right. A function that works in place returns nothing, as a list's sort does.",
    ),
    Misconception(uphill, "uphill", "The gradient points to where the loss grows. Where do you want to go?"),
    Misconception(
        uphill_and_returned,
        "uphill, and the parameters are returned",
        "Two things: the gradient points to where the loss grows, and what works in place returns nothing.",
    ),
    Misconception(
        rate_left_out,
        "the learning rate plays no part",
        "How long is your step if the rate is a tenth as large?",
    ),
    Misconception(
        divided_by_the_rate,
        "divided by the learning rate",
        "A smaller learning rate should make the step smaller.",
    ),
    Misconception(
        rate_squared,
        "the learning rate twice",
        "How often does the learning rate enter the step? Halve it: the step should be half as long.",
    ),
    Misconception(
        rate_fixed,
        "a fixed learning rate",
        "Somebody calls your function with another learning rate. What happens?",
    ),
    Misconception(
        rate_times_both,
        "the parameters are scaled as well",
        "With gradient 0 a parameter should stay where it is. Does it?",
    ),
    Misconception(
        difference_turned,
        "the difference is the wrong way round",
        "With gradient 0 a parameter should stay. What becomes of its sign?",
    ),
    Misconception(
        step_instead_of_place,
        "the step replaces the parameter",
        "You have the way to go. From where does it start?",
    ),
    Misconception(
        gradient_as_a_factor,
        "the step is proportional to the parameter",
        "A parameter that is 0 would never move. Does the rule say so?",
    ),
    Misconception(
        sign_only, "only the gradient's sign is used", "Where the slope is steep, the step is long. Is yours?"
    ),
    Misconception(size_only, "only the gradient's size is used", "A negative slope: to which side is down?"),
    Misconception(
        unit_length,
        "the gradient is scaled to length 1",
        "Near a minimum the gradient gets small, and the steps with it. Do yours?",
    ),
    Misconception(
        clipped,
        "the gradient is clipped",
        "A useful trick of practice, and another rule. What does this one do with a gradient of 3?",
    ),
    Misconception(
        squared_gradient, "the gradient is squared", "A square has no sign: to which side is down?"
    ),
    Misconception(
        mean_of_the_gradient,
        "one step for all entries of an array",
        "Every weight has a gradient of its own, at the same place in the array.",
    ),
    Misconception(
        sum_of_the_gradient,
        "the gradient is summed up",
        "Every weight has its own entry in the gradient. Why add them to each other?",
    ),
    Misconception(
        divided_by_the_size,
        "divided by the number of weights",
        "The gradient is what it is: the mean belongs to the loss, over examples. What do you count here?",
    ),
    Misconception(
        divided_by_the_rows,
        "divided by the number of rows",
        "The rows of W are inputs, not examples. The mean over examples is in the gradient already.",
    ),
    Misconception(
        divided_by_the_number_of_arrays,
        "divided by the number of arrays",
        "Does a deeper network take shorter steps? The rule says nothing of it.",
    ),
    Misconception(
        half_a_step,
        "half a step",
        "Where does the factor one half come from? It belongs to some losses, and there it is already derived.",
    ),
    Misconception(
        two_steps,
        "a step of double length",
        "Where does the 2 come from? The gradient has all factors already.",
    ),
    Misconception(
        weights_shrunk_too,
        "the weights shrink as well",
        "With gradient 0 a parameter should stay. Weight decay is another rule.",
    ),
    Misconception(
        return_after_the_first,
        "only the first array moves",
        "How far does your loop come? Look where it ends.",
    ),
    Misconception(last_array_only, "only the last array moves", "How many arrays does your function touch?"),
    Misconception(
        last_array_forgotten, "the last array does not move", "Count the rounds of your loop, and the arrays."
    ),
    Misconception(
        biases_forgotten,
        "the biases do not move",
        "Biases are parameters like all others. Which arrays do you skip?",
    ),
    Misconception(
        first_row_only, "only the first row moves", "An index too many: which part of the array do you touch?"
    ),
    Misconception(
        gradients_in_another_order,
        "gradients of other arrays",
        "Gradient number i belongs to parameter number i. Which meets which in your loop?",
    ),
    Misconception(
        gradients_moved,
        "the gradients move instead of the parameters",
        "Which of the two lists describes the network?",
    ),
    Misconception(
        gradients_scaled,
        "the gradients are changed",
        "The step is right. What is in the gradients now, and who may still need them?",
    ),
)
