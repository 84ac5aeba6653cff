using Berthbook.Rules;

namespace Berthbook.Decisions;

/// <summary>The decision that a request comes to where the registrar leaves every choice at its default.</summary>
static class DefaultDecision
{
    /// <summary>The decision, or null where the request says too little for one or would change nothing.</summary>
    public static Decision? Of(Question question) => null;
}
