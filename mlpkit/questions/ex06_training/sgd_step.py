"""The question `sgd_step`: one step of gradient descent, in the arrays themselves."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, custom, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex06_training.common import SameFacts, same_facts

ONE_STEP = Tolerance(1e-10, 1e-12, "one product and one difference: only the last digit can differ")


def sgd_step(params, grads, lr):
    """One step of gradient descent: every parameter moves by −lr times its gradient.

    params: list of arrays; grads: list of arrays of the same shapes, which stay as they are and are means
    over the examples already; lr the learning rate -> None.
    The arrays in params themselves get the new numbers: the network holds the very same arrays.
    """
    for p, g in zip(params, grads, strict=True):
        p -= lr * g


def step_into_slices(params, grads, lr):
    """New numbers, written into the old array."""
    for i in range(len(params)):
        params[i][...] = params[i] - lr * grads[i]


def step_by_ufunc(params, grads, lr):
    """Subtract with an output."""
    for i, p in enumerate(params):
        np.subtract(p, lr * np.asarray(grads[i]), out=p)


def step_entry_by_entry(params, grads, lr):
    """Every number by itself."""
    for p, g in zip(params, grads):  # noqa: B905
        for at in np.ndindex(p.shape):
            p[at] -= lr * g[at]


def step_on_flat_views(params, grads, lr):
    """Through flat iterators; adding what is negative."""
    for k in range(len(params) - 1, -1, -1):
        params[k].flat = params[k].ravel() + (-lr) * grads[k].ravel()


def step_added(params, grads, lr):
    """In two movements, each in place."""
    for param, grad in zip(params, [lr * g for g in grads], strict=True):
        param += -grad


def arguments(*shapes, lr):
    """Parameters of these shapes and gradients between 0.3 and 3 in size, so that nothing is hidden."""

    def make(r):
        params = [r.uniform(0.5, 2, shape) * r.choice([-1, 1], shape) for shape in shapes]
        grads = [r.uniform(0.3, 3, shape) * r.choice([-1, 1], shape) for shape in shapes]
        for g in grads:
            g.flat[:2] = r.uniform(1.5, 3), -r.uniform(0.3, 0.8)  # both signs, beyond 1 and below
        return Built("ex06.watched", {"arrays": params}), grads, lr

    return make


_ARRAYS = values(2, ONE_STEP, part=0).compare


_ENTRIES = SameFacts({"kept": str})


def _in_place(got, wanted):
    return _ARRAYS(got, wanted) or _ENTRIES(got, wanted)


NETWORK = ((3, 4), (4,), (4, 2), (2,))


def _each(params, grads, change):
    for p, g in zip(params, grads, strict=True):
        p[...] = change(p, g)


SAME = "Somebody else holds the very arrays that you were given. Do they see your step?"


@mistake(
    "the new numbers are in new arrays, the old arrays stay",
    "A name in a loop is only a name: giving it a new array does not change the old one, nor does writing into a copy of it. What does write into the array itself?",
)
def names_rebound(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p = p - lr * g


@mistake(
    "new arrays are put into the list", SAME + " A new array in the list is not the old one with new numbers."
)
def entries_replaced(params, grads, lr):
    for i, g in enumerate(grads):
        params[i] = params[i] - lr * g


@mistake(
    "copies are put into the list after the step",
    SAME + " This step arrives there. Where does the next one go?",
)
def copies_put_into_the_list(params, grads, lr):
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        p -= lr * g
        params[i] = p.copy()


@mistake(
    "new arrays are put into the list, and it is returned",
    SAME + " And a function that changes what it is given returns nothing.",
)
def entries_replaced_and_returned(params, grads, lr):
    for i, g in enumerate(grads):
        params[i] = params[i] - lr * g
    return params


@mistake(
    "a new list is returned, the parameters stay",
    "Your numbers are in new arrays. The network still holds the old ones.",
)
def list_rebound(params, grads, lr):
    params = [p - lr * g for p, g in zip(params, grads, strict=True)]
    return params


@mistake(
    "the parameters are returned",
    "The step is right. A function that works in place returns nothing, as a list's sort does.",
)
def parameters_returned(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g)
    return params


@mistake("the step goes uphill", "The gradient points to where the loss grows. Where do you want to go?")
def uphill(params, grads, lr):
    _each(params, grads, lambda p, g: p + lr * g)


@mistake(
    "the learning rate is always {rate:g}",
    "Somebody calls your function with another learning rate. What happens?",
    rate=between(1e-6, 2.9),
)
def rate_fixed(params, grads, lr, rate=0.05):
    _each(params, grads, lambda p, g: p - rate * g)


@mistake("the parameters are scaled as well", "With gradient 0 a parameter should stay where it is. Does it?")
def rate_times_both(params, grads, lr):
    _each(params, grads, lambda p, g: lr * (p - g))


@mistake(
    "the difference is the wrong way round",
    "With gradient 0 a parameter should stay. What becomes of its sign?",
)
def difference_turned(params, grads, lr):
    _each(params, grads, lambda p, g: lr * g - p)


@mistake("the step replaces the parameter", "You have the way to go. From where does it start?")
def step_instead_of_place(params, grads, lr):
    _each(params, grads, lambda p, g: -lr * g)


@mistake(
    "the step is proportional to the parameter",
    "A parameter that is 0 would never move. Does the rule say so?",
)
def gradient_as_a_factor(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * p * g)


@mistake("only the gradient's sign is used", "Where the slope is steep, the step is long. Is yours?")
def sign_only(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.sign(g))


@mistake("only the gradient's size is used", "A negative slope: to which side is down?")
def size_only(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.abs(g))


@mistake(
    "the gradient is divided by its size, as Adam's first step does",
    "That is another rule: its steps are equally long on a steep slope and on a flat one. What does this rule do?",
    eps=between(1e-12, 0.1),
)
def divided_by_its_size(params, grads, lr, eps=1e-3):
    _each(params, grads, lambda p, g: p - lr * g / (np.abs(g) + eps))


@mistake(
    "the gradient is scaled to length 1",
    "Near a minimum the gradient gets small, and the steps with it. Do yours?",
)
def unit_length(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / np.linalg.norm(g))


@mistake(
    "the gradient is clipped at ±{limit:g}",
    "A useful trick of practice, and another rule. What does this one do with a gradient of 3?",
    limit=between(0.01, 1.45),
)
def clipped(params, grads, lr, limit=1.0):
    _each(params, grads, lambda p, g: p - lr * np.clip(g, -limit, limit))


@mistake("the gradient is squared", "A square has no sign: to which side is down?")
def squared_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g**2)


@mistake(
    "all entries of an array take one step, the mean one",
    "Every weight has a gradient of its own, at the same place in the array.",
)
def mean_of_the_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.mean(g))


@mistake(
    "the gradient is summed up", "Every weight has its own entry in the gradient. Why add them to each other?"
)
def sum_of_the_gradient(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * np.sum(g))


@mistake(
    "the gradient is divided by the number of weights",
    "The gradient is what it is: the mean belongs to the loss, over examples. What do you count here?",
)
def divided_by_the_size(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / g.size)


@mistake(
    "the gradient is divided by the number of rows",
    "The rows of W are inputs, not examples. The mean over examples is in the gradient already.",
)
def divided_by_the_rows(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / len(g))


@mistake(
    "the gradient is divided by the number of arrays",
    "Does a deeper network take shorter steps? The rule says nothing of it.",
)
def divided_by_the_number_of_arrays(params, grads, lr):
    _each(params, grads, lambda p, g: p - lr * g / len(params))


@mistake(
    "the step is {factor:g} times as long as it should be",
    "Where does the factor come from? The gradient has all factors already: the mean over the examples, and the ½ of some losses.",
    factor=between(1e-4, 1e4),
)
def two_steps(params, grads, lr, factor=2.0):
    _each(params, grads, lambda p, g: p - factor * lr * g)


@mistake(
    "the weights shrink as well, by the factor 1 − {decay:g}·lr",
    "With gradient 0 a parameter should stay. Weight decay is another rule.",
    decay=between(1e-6, 100),
)
def weights_shrunk_too(params, grads, lr, decay=1.0):
    _each(params, grads, lambda p, g: p - lr * (g + decay * p))


@mistake("only the first array moves", "How far does your loop come? Look where it ends.")
def return_after_the_first(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p -= lr * g
        return


@mistake("only the last array moves", "How many arrays does your function touch?")
def last_array_only(params, grads, lr):
    params[-1][...] -= lr * grads[-1]


@mistake("the last array does not move", "Count the rounds of your loop, and the arrays.")
def last_array_forgotten(params, grads, lr):
    _each(params[:-1], grads[:-1], lambda p, g: p - lr * g)


@mistake("the biases do not move", "Biases are parameters like all others. Which arrays do you skip?")
def biases_forgotten(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        if p.ndim > 1:
            p -= lr * g


@mistake("only the first row moves", "An index too many: which part of the array do you touch?")
def first_row_only(params, grads, lr):
    for p, g in zip(params, grads, strict=True):
        p[0] -= lr * g[0]


@mistake(
    "the gradients of other arrays are used",
    "Gradient number i belongs to parameter number i. Which meets which in your loop?",
)
def gradients_in_another_order(params, grads, lr):
    for p, g in zip(params, reversed(grads), strict=True):
        p -= lr * g.ravel()[: p.size].mean()


@mistake("the gradients move instead of the parameters", "Which of the two lists describes the network?")
def gradients_moved(params, grads, lr):
    _each(grads, params, lambda g, p: g - lr * p)


QUESTION = Question(
    sgd_step,
    "params",
    probes=(
        Probe("network", arguments(*NETWORK, lr=0.1), "weights and biases of two layers", "ex06.stepped"),
        Probe("square", arguments((3, 3), (3,), lr=0.25), "a square W and its bias", "ex06.stepped"),
        Probe("large", arguments((2, 5), (5,), (5, 1), lr=3.0), "a learning rate of 3", "ex06.stepped"),
        Probe("single", arguments((6,), lr=0.01), "a single array", "ex06.stepped"),
    ),
    properties=(
        values(
            2,
            ONE_STEP,
            name="new numbers",
            advice="Take one weight 1, one gradient 2 and the learning rate 0.1, and do the step on paper.",
            part=1,
        ),
        custom(
            "in place",
            2,
            _in_place,
            advice="The arrays that you were given must hold the new numbers, not others that replace them.",
        ),
        same_facts(
            "returns None",
            1,
            {
                "returned": str,
                "looked": str,
            },
            advice="What works in place returns nothing: so nobody takes it for a new list.",
        ),
        unchanged(1, advice="The gradients belong to somebody else, who may still want to plot them."),
    ),
    right=(step_into_slices, step_by_ufunc, step_entry_by_entry, step_on_flat_views, step_added),
    misconceptions=mistakes(globals()),
    further=(
        "Make params = [np.array([1.0])], keep the array under a second name, and take one step with the gradient 2 and the learning rate 0.1. What is in the array now, and is it still the same one?",
        "For every pair of a parameter and its gradient one line is enough: it takes the learning rate times the gradient away from the numbers in the array, and gives no new array to a name.",
    ),
)
