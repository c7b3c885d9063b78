@echo off
setlocal
rem Plain ASCII but for the last line: cmd reads this file in the machine's own code page.
chcp 65001 >nul
set "PYTHONUTF8=1"
pushd "%~dp0"
if not exist "program\start.py" goto :unzip
for %%V in (3.12 3.13 3.11) do (
  py -%%V -c "" >nul 2>nul && (
    py -%%V "program\start.py" %*
    goto :done
  )
)
python -c "" >nul 2>nul && (
  python "program\start.py" %*
  goto :done
)
type "program\no_python.txt"
pause
popd
exit /b 1
:done
if errorlevel 1 pause
popd
exit /b
:unzip
echo ！请先把压缩包整个解压（右键，全部解压缩），再从解压出来的文件夹里打开。& pause & exit /b 1
