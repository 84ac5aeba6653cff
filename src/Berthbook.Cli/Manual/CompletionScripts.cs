namespace Berthbook.Cli.Manual;

/// <summary>
/// The scripts that shells load. They ask the program itself what may come next, so that they know every command and
/// option of the berth that is installed; where it has nothing to say, a file is meant.
/// </summary>
static class CompletionScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            ["bash"] = """
                # Completion of berth for bash: eval "$(berth completion bash)"
                _berth() {
                    local IFS=$'\n' line words=()
                    COMPREPLY=()
                    while IFS= read -r line; do
                        words+=("${line%%$'\t'*}")
                    done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
                    [ ${#words[@]} -eq 0 ] || COMPREPLY=("${words[@]}")
                }
                complete -o default -F _berth berth berthbook

                """,
            ["zsh"] = """
                #compdef berth berthbook
                # Completion of berth for zsh: berth completion zsh >DIR/_berth, DIR being in $fpath;
                # or, after compinit: eval "$(berth completion zsh)"
                _berth() {
                    local line
                    local -a items
                    for line in ${(f)"$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"}; do
                        items+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
                    done
                    if (( ${#items} )); then
                        _describe -V berth items
                    else
                        _files
                    fi
                }
                if [ "${funcstack[1]}" = _berth ]; then
                    _berth "$@"
                else
                    compdef _berth berth berthbook
                fi

                """,
            ["fish"] = """
                # Completion of berth for fish: berth completion fish >~/.config/fish/completions/berth.fish
                function __berth_complete
                    set -l words (commandline -opc)
                    set -l found ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
                    if test (count $found) -gt 0
                        printf '%s\n' $found
                    else
                        __fish_complete_path (commandline -ct)
                    end
                end
                complete -c berth -f -a '(__berth_complete)'
                complete -c berthbook -f -a '(__berth_complete)'

                """,
        };
}
